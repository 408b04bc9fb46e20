"""Calls at doors where nobody signed: not at home, refused, moved away, not concerned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.households.actions.signers import asks_now, columns_of, found, settle_calls
from portal.households.models import CallResult, CampaignGoal, DoorCall, PledgeSheet, Signer
from portal.households.queries import calls_at, pledge_of


@dataclass
class Called:
    """What came of noting calls down: *made* anew, noted down *already*, or passed over, since they have *signed*.

    *gone* are the ids of those that are not of the village.
    """

    made: list[DoorCall] = field(default_factory=list)
    already: list[int] = field(default_factory=list)
    signed: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


def record_calls(
    goal: CampaignGoal, kind: type[Signer], results: Mapping[int, CallResult], on: date,
    sheet: PledgeSheet | None = None, at: datetime | None = None,
) -> Called:  # fmt: skip
    """Record what came of calls on a day, by the id of whom they were made on; the same again changes nothing.

    The latest by its day stands, also where an earlier one arrives after it. Whoever has signed is passed over: a
    signing supersedes a call. *at* is the moment by which they are taken back, now unless told. Raises Refused for a
    day that does not fit.
    """
    campaign = goal.campaign
    asks_now(campaign)
    if on > clock.today() or on < campaign.first_on:
        raise Refused(Misfit("on", mark("A call lies between the first day of the campaign and today.")))
    here = found(goal, kind, list(results))
    called = Called(gone=sorted(set(results) - {one.id for one in here}))
    pledged, before, moment = pledge_of(campaign, here), calls_at(campaign, here), at or clock.now()
    for signer in here:
        result = results[signer.id]
        if signer.id in pledged:
            called.signed.append(signer.id)
        elif _noted(before.get(signer.id, ()), on, result):
            called.already.append(signer.id)
        else:
            first, of = signer.id not in before, columns_of(goal, signer, sheet)
            called.made.append(DoorCall(**of, on=on, result=result, standing=first, created_at=moment))
    db.session.add_all(called.made)
    settle_calls(campaign, here)
    for call in called.made:
        audit.note("call", call)
    return called


def _noted(before: Sequence[DoorCall], on: date, result: CallResult) -> bool:
    """Whether it is the latest call at the door, or one before the day of that."""
    return any((one.on, one.result) == (on, result) and (one is before[-1] or before[-1].on > on) for one in before)
