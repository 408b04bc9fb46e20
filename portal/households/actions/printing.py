"""Lists that are printed, carried from door to door, and typed back by their rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, insert, select

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark
from portal.households.actions.calls import Called, record_calls
from portal.households.actions.pledging import Outcome, tick
from portal.households.actions.signers import found, households_left
from portal.households.models import CallResult, CampaignGoal, Household, PrintedList, PrintedRow
from portal.households.queries import pledge_of, withdrawn_of


def print_list(goal: CampaignGoal) -> PrintedList:
    """Keep who stands in which row of a list of those that have not signed, in the order of the walk."""
    households = households_left(goal)
    if not households:
        raise Refused(Plain(mark("Everybody here has signed: there is nothing to print.")))
    of = PrintedList.campaign_id == goal.campaign_id, PrintedList.village_id == goal.village_id
    before = db.session.scalar(select(func.max(PrintedList.number)).where(*of)) or 0
    printed = PrintedList(
        commune_id=goal.commune_id, campaign_id=goal.campaign_id, village_id=goal.village_id, number=before + 1,
        printed_on=clock.today(),
    )  # fmt: skip
    db.session.add(printed)
    db.session.flush()
    rows = [
        {"printed_id": printed.id, "row": row, "household_id": one.id} for row, one in enumerate(households, start=1)
    ]
    db.session.execute(insert(PrintedRow), rows)
    db.session.expire(printed, ["rows"])
    return printed


@dataclass(frozen=True)
class TypedBack:
    """What came of a list that was typed back; *rows* says in which row each household stands, by its id.

    *withdrawn* are those that had withdrawn, for whom a signature is entered by a tick of its own.
    """

    signed: Outcome
    called: Called
    rows: Mapping[int, int]
    withdrawn: Collection[int]


def type_back(
    goal: CampaignGoal, printed: PrintedList, signed_rows: Collection[int], results: Mapping[int, CallResult], on: date,
    by: Actor,
) -> TypedBack:  # fmt: skip
    """Enter what was written on a printed list: rows that signed, and rows with what was said at the door.

    All of it is taken back together.
    """
    households = {one.row: one.household_id for one in printed.rows}
    ids = [households[row] for row in signed_rows]
    here = found(goal, Household, ids)
    pledged = pledge_of(goal.campaign, here)
    withdrawn = withdrawn_of(goal.campaign, [one for one in here if one.id not in pledged])
    signed = tick(goal, Household, [one for one in ids if one not in withdrawn], on, by)
    said = {households[row]: result for row, result in results.items()}
    called = record_calls(goal, Household, said, on, at=signed.at)
    rows = {household_id: row for row, household_id in households.items()}
    return TypedBack(signed, called, rows, list(withdrawn))
