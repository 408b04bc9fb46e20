"""What a change of the law, and days off that were entered, ask of a second person."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.text import _l
from portal.engine.workflow import steps_of
from portal.lawbook.models import RuleChange, YearOff
from portal.organisation.models import Role

ANSWER = timedelta(days=3)  # our own policy, as for proposals

OF_CHANGE = (
    DutyRule("DECIDE-RULE", _l("Decide on a change of a rule"), _l("%(title)s: to be decided"), _l("Read and decide"),
             "lawbook.change", Role.COMMUNE_LEADER, decision=True),
)  # fmt: skip
OF_YEAR = (
    DutyRule("CONFIRM-YEAR", _l("Confirm the days off of a year"),
             _l("Days off of %(year)s: to be compared and confirmed"), _l("Compare and confirm"), "lawbook.year",
             Role.POLICE_CHIEF, ((Role.COMMUNE_LEADER, 3),), decision=True),
)  # fmt: skip


def of_change(change: RuleChange) -> Iterator[Wanted]:
    if not change.voided_at and change.state != "withdrawn":
        yield Wanted("DECIDE-RULE", "", clock.day_of(change.created_at) + ANSWER, change.decider_role,
                     values={"title": change.number}, **_answer(change))  # fmt: skip


def of_year(year: YearOff) -> Iterator[Wanted]:
    """The chief's or, where the chief entered them, the chair's."""
    if not year.voided_at and year.state != "withdrawn":
        yield Wanted("CONFIRM-YEAR", "", clock.day_of(year.created_at) + ANSWER, year.decider_role,
                     values={"year": year.year}, **_answer(year))  # fmt: skip


def _answer(record: Any) -> dict[str, Any]:
    last = next(iter(reversed(steps_of(record))), None)
    return {"done_on": clock.day_of(last.at), "done_by_id": last.by_id} if last else {}


SOURCES = (Source(RuleChange, OF_CHANGE, of_change), Source(YearOff, OF_YEAR, of_year))
