"""What is asked of a helper quarter by quarter: whose report it is, and which of them came."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from portal.cases import owed
from portal.cases.duties.rules import HELPER_REPORTS
from portal.cases.models import Assignment, Case, HelperReport
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.law.days import add_months
from portal.law.rule import Due

AHEAD = timedelta(days=62)
QUARTERS = {"Q1": "I", "Q2": "II", "Q3": "III", "Q4": "IV"}  # as papers write them


def first_month(case: Case) -> date:
    """The month from which on something missing is asked for: what was owed before the portal had it is on paper."""
    this_month = clock.today().replace(day=1)
    earliest = add_months(this_month, -owed.LOOKING_BACK)
    if case.kept_from is not None:  # what was owed of the month before may be due after it
        return max(earliest, add_months(case.kept_from.replace(day=1), -1))
    entered = clock.day_of(case.created_at).replace(day=1)
    return max(earliest, min(add_months(this_month, -1), entered))


def months(case: Case) -> Iterator[date]:
    month, last = first_month(case), add_months(clock.today().replace(day=1), 1)
    while month <= last:
        yield month
        month = add_months(month, 1)


def helper_dues(case: Case) -> Iterator[Due]:
    """The helper's report on each quarter in which there was a helper."""
    first, until, law = first_month(case), clock.today() + AHEAD, case.law
    days = {add_months(month, shift) for month in months(case) for shift in (-3, 0)}
    found = (due for day in sorted(days) for due in law.quarterly(day))
    for due in {due.period: due for due in found}.values():
        asked = due.rule in HELPER_REPORTS and first <= due.due_on <= until and not owed.on_paper(case, due)
        if asked and whose(case, due):
            yield due


def whose(case: Case, due: Due) -> Assignment | None:
    """Who helped in the quarter that a report is about: of several the last."""
    first: Any = due.inputs["first_on"]
    last: Any = due.inputs["last_on"]
    helped = [
        one for one in case.assignments
        if one.kind == "helper" and one.voided_at is None
        and one.since is not None and one.since <= last and (one.until is None or one.until > max(first, one.since))
    ]  # fmt: skip
    return helped[-1] if helped else None


def reported(case: Case) -> Mapping[str, HelperReport]:
    """The reports that came, by quarter."""
    return {one.quarter: one for one in case.helper_reports if one.counts}


def missing_reports(case: Case) -> list[Due]:
    """The reports of which neither a record nor anybody's word says that they came."""
    came = reported(case)
    missing = [due for due in helper_dues(case) if due.period not in came]
    told = _told_by_hand(case) if any(map(_open, missing)) else set()
    return [due for due in missing if due.period not in told]


def _told_by_hand(case: Case) -> set[str]:
    """The quarters whose report came on paper before reports were records: somebody said so, with a note."""
    said = Duty.case_id == case.id, Duty.rule.in_(HELPER_REPORTS), Duty.note != "", Duty.done_on.is_not(None)
    return set(db.session.scalars(select(Duty.key).where(*said)))


def asked_on(case: Case, by: Actor) -> list[Due]:
    """The reports that are missing: of a helper their own, of whoever has the case all."""
    missing, helper = missing_reports(case), case.accepted("helper")
    if helper is None or helper.assignee_id != by.id:
        return missing
    return [due for due in missing if whose(case, due) is helper]


def open_now(case: Case, by: Actor) -> list[Due]:
    """Those of them that can be written already, the earliest first."""
    return [due for due in asked_on(case, by) if _open(due)]


def _open(due: Due) -> bool:
    return due.opens_on is None or due.opens_on <= clock.today()


def spelled(period: str) -> str:
    """2026-11 as 11/2026, 2026-Q4 as IV/2026."""
    year, _dash, part = period.partition("-")
    return f"{QUARTERS.get(part, part)}/{year}"
