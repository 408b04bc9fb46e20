"""What a case asks for month by month, and of its helper quarter by quarter."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from portal.cases import owed
from portal.cases.duties.rules import ASSESSMENT, CASE_RULES, HELPER_REPORTS, PRESENCE, REPORT, ROLL_CALL
from portal.cases.duties.wanting import of_law
from portal.cases.models import Case
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.workflow import Step
from portal.law.days import add_months
from portal.law.rule import Due

AHEAD = timedelta(days=62)
SHOWN_BY = {
    REPORT: ("check_ins", "received_on"),
    PRESENCE: ("check_ins", "received_on"),
    ROLL_CALL: ("roll_calls", "held_on"),
    ASSESSMENT: ("assessments", "written_on"),
}  # the records that show a duty done, and their day
QUARTERS = {"Q1": "I", "Q2": "II", "Q3": "III", "Q4": "IV"}  # as papers write them


def monthly(case: Case, steps: Iterable[Step]) -> Iterator[Wanted]:
    known, done, first = {rule.id for rule in CASE_RULES}, _records(case), first_month(case)
    paused, law = owed.paused(steps), case.law
    for month in months(case):
        for due in law.monthly(month):
            if due.rule in known and due.due_on >= first and not paused(due.due_on):
                shown = done.get((due.rule, due.period), {})
                yield of_law(case, due, due.rule, key=due.period, month=spelled(due.period), **shown)


def quarterly(case: Case) -> Iterator[Wanted]:
    """The helper's report on each quarter in which there was a helper."""
    first, until, law = first_month(case), clock.today() + AHEAD, case.law
    days = {add_months(month, shift) for month in months(case) for shift in (-3, 0)}
    found = (due for day in sorted(days) for due in law.quarterly(day))
    for due in {due.period: due for due in found}.values():
        if due.rule in HELPER_REPORTS and first <= due.due_on <= until and _was_helped(case, due):
            yield of_law(case, due, due.rule, key=due.period, month=spelled(due.period))


def first_month(case: Case) -> date:
    """The month from which on something missing is asked for: what was owed before the portal had it is on paper."""
    this_month = clock.today().replace(day=1)
    entered = clock.day_of(case.created_at).replace(day=1)
    return max(add_months(this_month, -owed.LOOKING_BACK), min(add_months(this_month, -1), entered))


def months(case: Case) -> Iterator[date]:
    month, last = first_month(case), add_months(clock.today().replace(day=1), 1)
    while month <= last:
        yield month
        month = add_months(month, 1)


def spelled(period: str) -> str:
    """2026-11 as 11/2026, 2026-Q4 as IV/2026."""
    year, _dash, part = period.partition("-")
    return f"{QUARTERS.get(part, part)}/{year}"


def _records(case: Case) -> dict[tuple[str, str], dict[str, Any]]:
    """By rule and month, the record that shows a duty done."""
    return {
        (rule, f"{month:%Y-%m}"): {"done_on": getattr(record, on), "done_by_id": record.created_by_id}
        for rule, (records, on) in SHOWN_BY.items()
        for month, record in owed.by_month(getattr(case, records)).items()
    }


def _was_helped(case: Case, due: Due) -> bool:
    first: Any = due.inputs["first_on"]
    last: Any = due.inputs["last_on"]
    return any(
        one.since is not None and one.since <= last and (one.until is None or one.until > first)
        for one in case.assignments
        if one.kind == "helper" and one.voided_at is None
    )
