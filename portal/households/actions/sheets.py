"""A whole village on one sheet: everybody who had not signed, but for some."""

from collections.abc import Collection, Mapping
from datetime import date

from portal.documents import actions as filing
from portal.documents.store import Stored
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import mark
from portal.households.actions.calls import record_calls
from portal.households.actions.pledging import Outcome, fits, tick
from portal.households.actions.signers import households_left
from portal.households.models import CallResult, CampaignGoal, Household, PledgeSheet
from portal.households.queries import there_on


class OthersLeft(Conflict):
    """Households came or went since the page was opened: those who have not signed are others by now."""


def sign_all_but(
    goal: CampaignGoal, exceptions: Mapping[int, CallResult], among: Collection[int], signed_on: date, by: Actor,
    photo: Stored | None = None, most_bytes: int = 0,
) -> tuple[PledgeSheet, Outcome]:  # fmt: skip
    """Enter that every household of a village that had not signed did so on a day, but for some.

    *among* are the ids of those of whom the page spoke. Raises OthersLeft if they are others by now.
    """
    same_left(goal, {*among, *exceptions})
    sheet, outcome = sign_sheet(goal, among, exceptions, signed_on, by)
    if photo is not None:
        filing.attach(sheet, photo, by.id, most_bytes, title=goal.campaign.title, dated_on=signed_on)
    return sheet, outcome


def same_left(goal: CampaignGoal, among: Collection[int]) -> None:
    """Raise OthersLeft unless some are exactly the households that have not signed."""
    ids = {one.id for one in households_left(goal)}
    if ids != set(among):
        told = mark("The households of the village have changed since this page was opened: %(count)s have not signed.")
        raise OthersLeft(goal.campaign, Plain(told, count=len(ids)))


def sign_sheet(
    goal: CampaignGoal, among: Collection[int], exceptions: Mapping[int, CallResult], signed_on: date, by: Actor
) -> tuple[PledgeSheet, Outcome]:
    """Enter that the households on a sheet signed it on a day, but for some.

    Who signed meanwhile, or moved away, stays as they are; who came since, or was not in the commune on that day, is
    not on the sheet. Raises Refused where nothing is signed on that day, or nobody is left who signed.
    """
    campaign = goal.campaign
    fits(campaign, signed_on)
    there = there_on(Household, {*among, *exceptions}, signed_on)
    said = {one: result for one, result in exceptions.items() if one in there}
    signing = [one for one in among if one not in exceptions and one in there]
    if not signing:
        raise Refused(Plain(mark("Nobody is left who signed.")))
    sheet = PledgeSheet(
        commune_id=goal.commune_id, campaign=campaign, campaign_id=campaign.id, village_id=goal.village_id,
        village=goal.village, signed_on=signed_on, count=0,
    )  # fmt: skip
    db.session.add(sheet)
    db.session.flush()
    outcome = tick(goal, Household, signing, signed_on, by, sheet)
    sheet.count = len(outcome.made)
    record_calls(goal, Household, said, signed_on, sheet)
    return sheet, outcome
