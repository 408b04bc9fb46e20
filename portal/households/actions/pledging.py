"""Signing and confirming, many at a time. Twice is as good as once, so that a phone may send again what was lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from portal.engine import access, audit, clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.households.actions.signers import asks_now, columns_of, found, settle_calls
from portal.households.models import (
    AGAINST,
    CallResult,
    CampaignGoal,
    DoorCall,
    Pledge,
    PledgeCampaign,
    PledgeSheet,
    Signer,
)
from portal.households.queries import breach_under_way, pledge_of, standing_calls, there_on


@dataclass
class Outcome:
    """What came of a tick: *made* anew, *confirmed*, as it was *already*; *clashing* ones stand with another day.

    *against* are the calls that stand at the doors of those who had not signed and by which they are not asked or would
    not sign: nothing is entered there. *absent* are those whose signature took the place of a call in vain.
    *unsigned* are those who had not signed where no day was given, *gone* those that are not of the village: they
    moved away while the page was open. All three are ids. All of it is of one moment, *at*, by which it is taken back.
    """

    made: list[Pledge] = field(default_factory=list)
    confirmed: list[Pledge] = field(default_factory=list)
    already: list[Pledge] = field(default_factory=list)
    clashing: list[Pledge] = field(default_factory=list)
    against: list[DoorCall] = field(default_factory=list)
    absent: list[int] = field(default_factory=list)
    settled: dict[int, Pledge] = field(default_factory=dict)  # what stands as it was ticked, by the id of who was
    unsigned: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    at: datetime = field(default_factory=clock.now)

    @property
    def done(self) -> int:
        """How many were entered or confirmed by it."""
        return len({*self.made, *self.confirmed})


def tick(
    goal: CampaignGoal, kind: type[Signer], ids: Collection[int], signed_on: date | None, by: Actor,
    sheet: PledgeSheet | None = None, over: Collection[int] = (),
) -> Outcome:  # fmt: skip
    """Enter that some signed on a day, and confirm it where whoever ticks is the village's head.

    Without a day, those that were entered are confirmed as they stand. What was said at a door against a signature
    stands, unless that call is one of those *over* which it is entered, by their ids. Raises Refused where nothing is
    signed in the campaign now, or not on that day, or where one of them was not in the commune on it.
    """
    if signed_on is not None:  # what was entered in time is confirmed also after the end
        asks_now(goal.campaign)
        fits(goal.campaign, signed_on)
    here, confirms = found(goal, kind, ids), access.may(by, "confirm_pledges", goal)
    outcome = _entered(goal, here, signed_on, sheet, over)
    outcome.gone = sorted(set(ids) - {one.id for one in here})
    if confirms:
        outcome.confirmed += outcome.made
        for pledge in outcome.confirmed:
            pledge.state, pledge.confirmed_at, pledge.confirmed_by_id = "confirmed", outcome.at, by.id
    else:
        outcome.already += outcome.confirmed
        outcome.confirmed = []
    settle_calls(goal.campaign, [pledge.signer for pledge in outcome.made])
    _tell(goal, outcome, "confirm_pledge" if confirms else "sign_pledge")
    return outcome


def _entered(
    goal: CampaignGoal, here: Sequence[Signer], signed_on: date | None, sheet: PledgeSheet | None, over: Collection[int]
) -> Outcome:
    """A pledge for each who had none; the others as they stand, those to be confirmed apart."""
    outcome, known = Outcome(), pledge_of(goal.campaign, here)
    fresh = [one for one in here if one.id not in known]
    calls = standing_calls(goal.campaign, fresh) if signed_on is not None else {}
    outcome.against = [one for one in calls.values() if one.result in AGAINST and one.id not in over]
    stopped = {one.signer_id for one in outcome.against}
    if signed_on is not None:
        _there([one for one in fresh if one.id not in stopped], signed_on)
    for signer in (one for one in here if one.id not in stopped):
        pledge = known.get(signer.id)
        if pledge is None and signed_on is None:
            outcome.unsigned.append(signer.id)
            continue
        if pledge is None:
            of = columns_of(goal, signer, sheet)
            pledge = Pledge(**of, signed_on=signed_on, state="signed", created_at=outcome.at)
            outcome.made.append(pledge)
            if signer.id in calls and calls[signer.id].result == CallResult.ABSENT:
                outcome.absent.append(signer.id)
        elif signed_on is not None and pledge.signed_on != signed_on:
            outcome.clashing.append(pledge)
            continue
        else:
            (outcome.confirmed if pledge.state == "signed" else outcome.already).append(pledge)
        outcome.settled[signer.id] = pledge
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


def _there(signers: Sequence[Signer], on: date) -> None:
    """Raise Refused where one of some, all of a kind, was not in the commune on a day and cannot have signed on it."""
    there = there_on(type(signers[0]), [one.id for one in signers], on) if signers else set()
    if away := [one for one in signers if one.id not in there]:
        told = mark("%(name)s was not in the commune on that day. Please look at the day, or leave them out.")
        raise Refused(Misfit("signed_on", told, name=away[0].name))


# ── mending ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def correct_day(pledge: Pledge, signed_on: date, reason: str, by: Actor) -> None:
    """Say that a pledge was signed on another day than it was entered with, and why; its story keeps both days.

    Raises Refused once it is withdrawn, breached or struck out, without a reason, and for a day after that of a breach
    that is proposed.
    """
    if pledge.state == "breached":
        raise Refused(Plain(mark("A breach of this pledge was decided, and the day of its signing with it.")))
    if pledge.state not in ("signed", "confirmed") or pledge.voided_at is not None:
        raise Refused(Plain(mark("The pledge does not hold any more.")))
    fits(pledge.campaign, signed_on)
    _there([pledge.signer], signed_on)
    breach = breach_under_way(pledge)
    if breach is not None and signed_on > breach.happened_on:
        told = mark("It is proposed that the pledge was breached on %(day)s: it was signed before.")
        raise Refused(Misfit("signed_on", told, day=breach.happened_on))
    if pledge.signed_on == signed_on:
        return
    if not reason.strip():
        raise Refused(Misfit("reason", mark("Please give the reason.")))
    days = f"{pledge.signed_on:%d/%m/%Y} → {signed_on:%d/%m/%Y}"
    pledge.signed_on = signed_on
    pledge.workflow.tell("correct_day", pledge, by, f"{days}: {reason.strip()}")


def withdraw(pledge: Pledge, on: date, reason: str, by: Actor, version: int | None = None) -> None:
    """Record that somebody withdrew their pledge: from that day on it counts no more."""
    if on > clock.today():
        raise Refused(Misfit("withdrawn_on", mark("The day lies in the future.")))
    if on < pledge.signed_on:
        told = mark("It was signed on %(day)s and cannot be withdrawn before.")
        raise Refused(Misfit("withdrawn_on", told, day=pledge.signed_on))
    pledge.workflow.take("withdraw", pledge, by, reason, version)
    pledge.withdrawn_on, pledge.reason = on, reason.strip()
