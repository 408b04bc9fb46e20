"""Calls at doors where nobody signed: not at home, refused, moved away, not concerned."""

from collections.abc import Mapping
from datetime import date

from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.households.models import CallResult, CampaignGoal, DoorCall, Household, PledgeSheet, Signer
from portal.households.queries import found_at, pledge_of, signers_in, standing_calls


def record_calls(
    goal: CampaignGoal, kind: type[Signer], results: Mapping[int, CallResult], on: date,
    sheet: PledgeSheet | None = None,
) -> list[DoorCall]:  # fmt: skip
    """Record what came of calls on a day, by the id of whom they were made on; the same again changes nothing.

    Raises Refused for a day that does not fit. Whoever has signed is passed over: a signing supersedes a call.
    """
    campaign = goal.campaign
    if campaign.state != "open":
        raise Conflict(campaign, Plain(mark("Nothing is signed in this campaign now.")))
    if on > clock.today() or on < campaign.first_on:
        raise Refused(Misfit("on", mark("A call lies between the first day of the campaign and today.")))
    here = found_at(kind, list(results), signers_in(kind, goal.village, campaign.counted_on))
    pledged, before = pledge_of(campaign, here), standing_calls(campaign, here)
    made = []
    for signer in here:
        last = before.get(signer.id)
        if signer.id in pledged or (last is not None and (last.on, last.result) == (on, results[signer.id])):
            continue
        if last is not None:
            last.standing = False
        made.append(_made(goal, signer, results[signer.id], on, sheet))
    db.session.flush()  # the one before no longer stands when the new one comes
    db.session.add_all(made)
    db.session.flush()
    for call in made:
        audit.note("call", call)
    return made


def _made(goal: CampaignGoal, signer: Signer, result: CallResult, on: date, sheet: PledgeSheet | None) -> DoorCall:
    household = signer if isinstance(signer, Household) else None
    establishment = None if isinstance(signer, Household) else signer
    return DoorCall(
        commune_id=goal.commune_id, campaign_id=goal.campaign_id, village_id=goal.village_id,
        household_id=household.id if household else None,
        establishment_id=establishment.id if establishment else None,
        on=on, result=result, standing=True, sheet_id=sheet.id if sheet else None,
    )  # fmt: skip
