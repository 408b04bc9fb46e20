"""Signing and confirming, many at a time. Twice is as good as once, so that a phone may send again what was lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import or_, select

from portal.engine import access, audit, clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import _ as translated
from portal.engine.text import as_on_paper, mark
from portal.households.models import (
    UNDO_WITHIN,
    CampaignGoal,
    DoorCall,
    Household,
    Pledge,
    PledgeCampaign,
    PledgeSheet,
    Signer,
)
from portal.households.queries import column_of, found_at, pledge_of, signers_in, standing_calls


@dataclass
class Outcome:
    """What came of a tick: *made* anew, *confirmed*, as it was *already*; *clashing* ones stand with another day.

    *gone* counts those that are not of the village: they moved away while the page was open.
    """

    made: list[Pledge] = field(default_factory=list)
    confirmed: list[Pledge] = field(default_factory=list)
    already: list[Pledge] = field(default_factory=list)
    clashing: list[Pledge] = field(default_factory=list)
    gone: int = 0

    @property
    def done(self) -> int:
        """How many were entered or confirmed by it."""
        return len({*self.made, *self.confirmed})

    @property
    def settled(self) -> dict[int, Pledge]:
        """The pledges that stand as they were ticked, by the id of who signed."""
        return {one.signer_id: one for one in (*self.made, *self.confirmed, *self.already)}


def tick(
    goal: CampaignGoal, kind: type[Signer], ids: Collection[int], signed_on: date | None, by: Actor,
    sheet: PledgeSheet | None = None,
) -> Outcome:  # fmt: skip
    """Enter that some signed on a day, and confirm it where whoever ticks is the village's head.

    Without a day, those that were entered are confirmed as they stand. Raises Refused where nothing is signed in the
    campaign now, or not on that day.
    """
    campaign = goal.campaign
    if signed_on is not None:  # what was entered in time is confirmed also after the end
        _open(campaign)
        fits(campaign, signed_on)
    here = found_at(kind, ids, signers_in(kind, goal.village, campaign.counted_on))
    outcome = Outcome(gone=len(set(ids)) - len(here))
    known, confirms, now = pledge_of(campaign, here), access.may(by, "confirm_pledges", goal), clock.now()
    for signer in here:
        if (pledge := known.get(signer.id)) is not None:
            _again(pledge, signed_on, outcome)
        elif signed_on is not None:
            outcome.made.append(_made(goal, signer, signed_on, sheet))
    db.session.add_all(outcome.made)
    if confirms:
        outcome.confirmed += outcome.made
        _confirm(outcome.confirmed, by, now)
    else:
        outcome.already += outcome.confirmed
        outcome.confirmed = []
    for pledge in outcome.made:
        pledge.created_at = now
    _supersede(campaign, [pledge.signer for pledge in outcome.made])
    db.session.flush()
    for pledge in dict.fromkeys((*outcome.made, *outcome.confirmed)):
        audit.note("confirm_pledge" if confirms else "sign_pledge", pledge)
    if outcome.confirmed:
        audit.note("confirm_pledges", goal, count=len(outcome.confirmed))
    return outcome


def _again(pledge: Pledge, signed_on: date | None, outcome: Outcome) -> None:
    """What is entered already: to be confirmed, confirmed before, or entered with another day."""
    if signed_on is not None and pledge.signed_on != signed_on:
        outcome.clashing.append(pledge)
    else:
        (outcome.confirmed if pledge.state == "signed" else outcome.already).append(pledge)


def _made(goal: CampaignGoal, signer: Signer, signed_on: date, sheet: PledgeSheet | None) -> Pledge:
    household = signer if isinstance(signer, Household) else None
    establishment = None if isinstance(signer, Household) else signer
    return Pledge(
        commune_id=goal.commune_id, campaign=goal.campaign, campaign_id=goal.campaign_id, village_id=goal.village_id,
        household=household, household_id=household.id if household else None, establishment=establishment,
        establishment_id=establishment.id if establishment else None, signed_on=signed_on, sheet=sheet,
        sheet_id=sheet.id if sheet else None, state="signed",
    )  # fmt: skip


def _confirm(pledges: Sequence[Pledge], by: Actor, now: datetime) -> None:
    for pledge in pledges:
        pledge.state, pledge.confirmed_at, pledge.confirmed_by_id = "confirmed", now, by.id


def _supersede(campaign: PledgeCampaign, signers: Sequence[Signer]) -> None:
    """Whoever signs was at home after all."""
    for call in standing_calls(campaign, signers).values():
        call.standing = False


def fits(campaign: PledgeCampaign, signed_on: date) -> None:
    """Raise Refused where nobody can have signed on a day."""
    if signed_on > clock.today():
        raise Refused(Misfit("signed_on", mark("The day lies in the future.")))
    if not campaign.first_on <= signed_on <= campaign.last_on:
        told = mark("In this campaign people sign from %(first)s to %(last)s.")
        raise Refused(Misfit("signed_on", told, first=campaign.first_on, last=campaign.last_on))


def _open(campaign: PledgeCampaign) -> None:
    if campaign.state != "open":
        raise Conflict(campaign, Plain(mark("Nothing is signed in this campaign now.")))


# ── mending ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def correct_day(pledge: Pledge, signed_on: date) -> None:
    """Say that a pledge was signed on another day than it was entered with."""
    fits(pledge.campaign, signed_on)
    if pledge.withdrawn_on is not None or pledge.voided_at is not None:
        raise Refused(Plain(mark("The pledge does not hold any more.")))
    if pledge.signed_on != signed_on:
        pledge.signed_on = signed_on
        audit.note("correct_day", pledge)


def undo(goal: CampaignGoal, at: datetime, by: Actor) -> list[Pledge]:
    """Take back one's own ticks of a moment: for ten minutes, without a reason. Raises Refused after that."""
    if clock.now() - at > UNDO_WITHIN:
        raise Refused(Plain(mark("More than ten minutes have passed. Strike the entry out with a reason.")))
    pledges = ticked_at(goal, at, by)
    take_back(pledges)
    return pledges


def ticked_at(goal: CampaignGoal, at: datetime, by: Actor) -> list[Pledge]:
    """What somebody ticked at a moment in a village and may take back."""
    confirmed = (Pledge.confirmed_at == at) & (Pledge.confirmed_by_id == by.id) & (Pledge.state == "confirmed")
    entered = (Pledge.created_at == at) & (Pledge.created_by_id == by.id) & (Pledge.state == "signed")
    of = Pledge.campaign_id == goal.campaign_id, Pledge.village_id == goal.village_id, Pledge.voided_at.is_(None)
    return list(db.session.scalars(select(Pledge).where(*of, or_(confirmed, entered)).order_by(Pledge.id)))


def take_back(pledges: Sequence[Pledge]) -> None:
    """What a tick entered is struck out, what it confirmed waits again; calls at those doors stand as before."""
    with as_on_paper():
        why = translated("Taken back within ten minutes")
    now, struck = clock.now(), []
    for pledge in pledges:
        if pledge.state == "signed" or pledge.entered_at_once:
            pledge.voided_at, pledge.void_reason = now, why
            struck.append(pledge)
        else:
            pledge.state, pledge.confirmed_at, pledge.confirmed_by_id = "signed", None, None
        audit.note("undo_pledge", pledge)
    db.session.flush()
    restore_calls(struck)


def restore_calls(pledges: Sequence[Pledge]) -> None:
    """Let the latest call at each door stand again, where the pledge that superseded it is struck out."""
    for kind in {type(pledge.signer) for pledge in pledges}:
        column = column_of(DoorCall, kind)
        ids = [pledge.signer.id for pledge in pledges if isinstance(pledge.signer, kind)]
        campaign_id = pledges[0].campaign_id
        asked = select(DoorCall).where(
            DoorCall.campaign_id == campaign_id, column.in_(ids), DoorCall.voided_at.is_(None)
        )  # fmt: skip
        latest = {call.signer.id: call for call in db.session.scalars(asked.order_by(DoorCall.id))}
        for call in latest.values():
            call.standing = True


def withdraw(pledge: Pledge, on: date, reason: str, by: Actor, version: int | None = None) -> None:
    """Record that somebody withdrew their pledge: from that day on it counts no more."""
    if on > clock.today():
        raise Refused(Misfit("withdrawn_on", mark("The day lies in the future.")))
    if on < pledge.signed_on:
        told = mark("It was signed on %(day)s and cannot be withdrawn before.")
        raise Refused(Misfit("withdrawn_on", told, day=pledge.signed_on))
    pledge.workflow.take("withdraw", pledge, by, reason, version)
    pledge.withdrawn_on, pledge.reason = on, reason.strip()
