"""Signing and confirming, many at a time. Twice is as good as once, so that a phone may send again what was lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from portal.engine import access, audit, clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.households.actions.signers import columns_of, found, settle_calls
from portal.households.models import CampaignGoal, Pledge, PledgeCampaign, PledgeSheet, Signer
from portal.households.queries import pledge_of


@dataclass
class Outcome:
    """What came of a tick: *made* anew, *confirmed*, as it was *already*; *clashing* ones stand with another day.

    *unsigned* are those who had not signed where no day was given, *gone* those that are not of the village: they
    moved away while the page was open. Both are ids. All of it is of one moment, *at*, by which it is taken back.
    """

    made: list[Pledge] = field(default_factory=list)
    confirmed: list[Pledge] = field(default_factory=list)
    already: list[Pledge] = field(default_factory=list)
    clashing: list[Pledge] = field(default_factory=list)
    unsigned: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    at: datetime = field(default_factory=clock.now)

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
    if signed_on is not None:  # what was entered in time is confirmed also after the end
        _open(goal.campaign)
        fits(goal.campaign, signed_on)
    here, confirms = found(goal, kind, ids), access.may(by, "confirm_pledges", goal)
    outcome = _entered(goal, here, signed_on, sheet)
    outcome.gone = sorted(set(ids) - {one.id for one in here})
    if confirms:
        outcome.confirmed += outcome.made
        for pledge in outcome.confirmed:
            pledge.state, pledge.confirmed_at, pledge.confirmed_by_id = "confirmed", outcome.at, by.id
    else:
        outcome.already += outcome.confirmed
        outcome.confirmed = []
    settle_calls(goal.campaign, [pledge.signer for pledge in outcome.made])
    _tell(goal, outcome, "confirm_pledge" if confirms else "sign")
    return outcome


def _entered(goal: CampaignGoal, here: Sequence[Signer], signed_on: date | None, sheet: PledgeSheet | None) -> Outcome:
    """A pledge for each who had none; the others as they stand, those to be confirmed apart."""
    outcome, known = Outcome(), pledge_of(goal.campaign, here)
    for signer in here:
        pledge = known.get(signer.id)
        if pledge is None and signed_on is None:
            outcome.unsigned.append(signer.id)
        elif pledge is None:
            of = columns_of(goal, signer, sheet)
            outcome.made.append(Pledge(**of, signed_on=signed_on, state="signed", created_at=outcome.at))
        elif signed_on is not None and pledge.signed_on != signed_on:
            outcome.clashing.append(pledge)
        else:
            (outcome.confirmed if pledge.state == "signed" else outcome.already).append(pledge)
    db.session.add_all(outcome.made)
    return outcome


def _tell(goal: CampaignGoal, outcome: Outcome, deed: str) -> None:
    """Write the trail: a line for each pledge, and one for what was confirmed together."""
    for pledge in dict.fromkeys((*outcome.made, *outcome.confirmed)):
        audit.note(deed, pledge)
    if outcome.confirmed:
        audit.note("confirm_pledges", goal, count=len(outcome.confirmed))


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


def withdraw(pledge: Pledge, on: date, reason: str, by: Actor, version: int | None = None) -> None:
    """Record that somebody withdrew their pledge: from that day on it counts no more."""
    if on > clock.today():
        raise Refused(Misfit("withdrawn_on", mark("The day lies in the future.")))
    if on < pledge.signed_on:
        told = mark("It was signed on %(day)s and cannot be withdrawn before.")
        raise Refused(Misfit("withdrawn_on", told, day=pledge.signed_on))
    pledge.workflow.take("withdraw", pledge, by, reason, version)
    pledge.withdrawn_on, pledge.reason = on, reason.strip()
