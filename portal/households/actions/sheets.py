"""A whole village on one sheet: everybody who had not signed, but for some."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from portal.documents import actions as filing
from portal.documents.store import Stored
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import mark
from portal.households.actions.calls import record_calls
from portal.households.actions.pledging import Outcome, fits, tick
from portal.households.actions.signers import found, households_left
from portal.households.models import CallResult, CampaignGoal, Household, PledgeSheet
from portal.households.queries import found_at, not_signed, pledge_of, standing_calls, there_on, withdrawn_of

MOST_NAMES = 5  # of whom a sentence speaks


class SaidBefore(Refused):
    """Something was said at the doors of some before, and whether they signed the sheet is not said of each."""


class OthersLeft(Conflict):
    """Households came or went since the page was opened: those who have not signed are others by now."""


def sign_all_but(
    goal: CampaignGoal, exceptions: Mapping[int, CallResult], among: Collection[int], signed_on: date, by: Actor,
    photo: Stored | None = None, most_bytes: int = 0, *, told: Mapping[int, bool] | None = None,
) -> tuple[PledgeSheet, Outcome]:  # fmt: skip
    """Enter that every household of a village that had not signed did so on a day, but for some.

    *among* are the ids of those of whom the page spoke. Raises OthersLeft if they are others by now, and as
    `sign_sheet` does.
    """
    same_left(goal, {*among, *exceptions})
    sheet, outcome = sign_sheet(goal, among, exceptions, signed_on, by, told=told)
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
    goal: CampaignGoal, among: Collection[int], exceptions: Mapping[int, CallResult], signed_on: date, by: Actor,
    *, told: Mapping[int, bool] | None = None,
) -> tuple[PledgeSheet, Outcome]:  # fmt: skip
    """Enter that the households on a sheet signed it on a day, but for some.

    Where something was said at a door before, nobody is taken to have signed without a word: *told* says, by the id of
    the household, whether it signed now or is left as it stands. Who signed meanwhile, or moved away, stays as they
    are; who came since, or was not in the commune on that day, is not on the sheet. Raises SaidBefore where a word is
    missing, Refused where nothing is signed on that day, or nobody is left who signed.
    """
    campaign, told = goal.campaign, told or {}
    fits(campaign, signed_on)
    there = there_on(Household, {*among, *exceptions}, signed_on)
    said = {one: result for one, result in exceptions.items() if one in there}
    signing = [one for one in among if one not in exceptions and one in there and told.get(one, True)]
    calls = said_of_all(goal, signing, told)
    if not signing:
        raise Refused(Plain(mark("Nobody is left who signed.")))
    sheet = PledgeSheet(
        commune_id=goal.commune_id, campaign=campaign, campaign_id=campaign.id, village_id=goal.village_id,
        village=goal.village, signed_on=signed_on, count=0,
    )  # fmt: skip
    db.session.add(sheet)
    db.session.flush()
    outcome = tick(goal, Household, signing, signed_on, by, sheet, over=calls)
    sheet.count = len(outcome.made)
    record_calls(goal, Household, said, signed_on, sheet)
    return sheet, outcome


def said_of_all(goal: CampaignGoal, signing: Collection[int], told: Mapping[int, bool]) -> Sequence[int]:
    """The ids of the calls that stand at the doors of those who sign.

    Raises SaidBefore where it is not said of each, nor of each who had withdrawn, that they signed all the same.
    """
    households = found_at(Household, signing, not_signed(goal))
    calls = standing_calls(goal.campaign, households)
    before = {*calls, *withdrawn_of(goal.campaign, households)}
    silent = [one for one in households if one.id in before and one.id not in told]
    if silent:
        words = mark(
            "Something was noted down before at these doors. Please say of each whether they signed: %(names)s"
        )
        raise SaidBefore(Plain(words, names=_named(silent)))
    return [one.id for one in calls.values()]


def none_signed(goal: CampaignGoal, exceptions: Collection[int]) -> None:
    """Raise Refused where it is entered that some signed of whom a sheet says that they did not."""
    households = found(goal, Household, exceptions)
    pledged = pledge_of(goal.campaign, households)
    if signed := [one for one in households if one.id in pledged]:
        words = mark("It is entered that these signed, which the sheet denies: %(names)s")
        raise Refused(Plain(words, names=_named(signed)))


def _named(households: Sequence[Household]) -> str:
    """Some households in a sentence: the first few by name and number."""
    names = ", ".join(f"{one.head} ({one.door})" for one in households[:MOST_NAMES])
    return f"{names} …" if len(households) > MOST_NAMES else names
