"""What became of the self-reports month by month: the one rule of in time, late and missing.

Home's grid, the chart of the months, the lists behind its figures and the calendar of a case ask here, so that none
says another thing.
"""

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import load_only, selectinload

from portal.cases import owed
from portal.cases.models import SELF_REPORT_RULES, Case, CheckIn
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.law.days import add_months


class Came(enum.StrEnum):
    """What became of the report of a month."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not_due"
    NOT_ASKED = "not_asked"


WAS_DUE = (Came.IN_TIME, Came.LATE, Came.MISSING)


def came_of(duty: Duty | None, report: CheckIn | None) -> Came:
    """By what was asked for and what came. What came before anybody was asked has no duty: the law's day holds."""
    if report is not None:
        late = report.received_on > duty.due_on if duty else report.late_days
        return Came.LATE if late else Came.IN_TIME
    if duty is None or not duty.open:
        return Came.NOT_ASKED
    return Came.MISSING if duty.days_left < 0 else Came.NOT_DUE


def last_months(count: int) -> list[date]:
    """The first days of the last months, the present one included."""
    this = clock.today().replace(day=1)
    return [add_months(this, shift) for shift in range(1 - count, 1)]


@dataclass(frozen=True)
class Report:
    """The report of a case on a month, or what is there in its place."""

    case_id: int
    month: date
    came: Came
    due_on: date | None
    received_on: date | None


def reports(cases: Select[Any], months: Sequence[date]) -> list[Report]:
    """What became of the self-reports of some cases on some months, by case and month: four questions for all."""
    ids = cases.where(Case.voided_at.is_(None)).with_only_columns(Case.id).order_by(None)
    duties, came = _asked(ids, months), _received(ids, months)
    keys = sorted({*duties, *came})
    return [
        _report(case_id, month, duties.get((case_id, month)), came.get((case_id, month))) for case_id, month in keys
    ]


def of_case(case: Case, months: Sequence[date]) -> dict[date, Came]:
    """What became of the self-reports of one case, whose reports are at hand: one question."""
    duties = _asked(select(Case.id).where(Case.id == case.id), months)
    came = owed.by_month(case.check_ins)
    return {month: came_of(duties.get((case.id, month)), came.get(month)) for month in months}


def _report(case_id: int, month: date, duty: Duty | None, report: CheckIn | None) -> Report:
    due_on = duty.due_on if duty else report.due_on if report else None
    return Report(case_id, month, came_of(duty, report), due_on, report.received_on if report else None)


def _asked(ids: Select[Any], months: Sequence[date]) -> dict[tuple[int, date], Duty]:
    by_key = {f"{month:%Y-%m}": month for month in months}
    asked = select(Duty).where(
        Duty.rule.in_(SELF_REPORT_RULES), Duty.key.in_(by_key), Duty.voided_at.is_(None), Duty.case_id.in_(ids)
    )
    kept = load_only(Duty.case_id, Duty.key, Duty.due_on, Duty.done_on, Duty.dropped_on, Duty.voided_at)
    found = db.session.scalars(asked.options(kept).order_by(Duty.id))
    return {(one.case_id, by_key[one.key]): one for one in found if one.case_id is not None}


def _received(ids: Select[Any], months: Collection[date]) -> dict[tuple[int, date], CheckIn]:
    """The reports that count; with their cases, of which the law may have to tell the day."""
    came = select(CheckIn).where(CheckIn.case_id.in_(ids), CheckIn.month.in_(months)).order_by(CheckIn.id)
    loaded = selectinload(CheckIn.case).selectinload(Case.term_changes)
    return {(one.case_id, one.month): one for one in db.session.scalars(came.options(loaded)) if one.counts}
