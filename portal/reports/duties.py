"""What reports ask of people: to be drafted by their day, to be approved, to be mended, to be sent."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.engine.workflow import Step, steps_of
from portal.organisation.models import Role, line_of
from portal.reports import deadlines, queries
from portal.reports.models import Report, ReportKind
from portal.reports.periods import ended_between
from portal.reports.wording.periods import called

chief, leader = Role.POLICE_CHIEF, Role.COMMUNE_LEADER
TO_APPROVE, TO_MEND, TO_SEND = (timedelta(days=days) for days in (2, 2, 3))  # our own policy: nothing lies about


def _lateness(ids: Collection[int]) -> dict[int, str]:
    """By when the reports were owed, and for how many days they are late, whoever has them now."""
    found = db.session.scalars(select(Report).where(Report.id.in_(ids), Report.sent_on.is_(None)))
    return {one.id: _owed_by(one.due_on) for one in found if one.due_on is not None}


def _owed_by(due: date) -> str:
    told, late = _("Due on %(day)s", day=day(due)), deadlines.days_late(due, None)
    return f"{told}. {deadlines.late_by(late)}" if late else told


def _called(report: Report) -> str:
    """As people know it; the number is how the portal knows it."""
    return f"{report.title} {called(report.first, report.last)} ({report.number})"


DUE = DutyRule(
    "REPORT-DUE", _l("Draft a report that is due"), _l("%(title)s, %(first)s to %(last)s: to be drafted and submitted"),
    _l("Begin the report"), "reports.begin", chief, ((leader, 0),),
    late=_l("%(title)s, %(first)s to %(last)s: not submitted, past its day"),
)  # fmt: skip
APPROVE = DutyRule(
    "REPORT-APPROVE", _l("Approve a report or return it"), _l("%(number)s: a report waits for approval"),
    _l("Read and decide"), "reports.show", leader, decision=True, beside=_lateness,
)  # fmt: skip
MEND = DutyRule(
    "REPORT-MEND", _l("Mend a report that was returned"), _l("%(number)s: returned with remarks"), _l("Mend it"),
    "reports.show", chief, ((leader, 3),), beside=_lateness,
)  # fmt: skip
SEND = DutyRule(
    "REPORT-SEND", _l("Send an approved report"), _l("%(number)s: to be signed, registered and sent"),
    _l("Open the report"), "reports.show", leader, beside=_lateness,
)  # fmt: skip


def of_kind(kind: ReportKind) -> Iterator[Wanted]:
    """Each period that has ended since the kind is owed; done once its report is submitted."""
    if kind.voided_at or not kind.active or kind.is_free or kind.due_days is None:
        return
    today = clock.today()
    since = max(kind.since, today - deadlines.LOOKED_BACK)
    for first, last in ended_between(kind.basis, kind.length, since, today):
        due = kind.due_on(last)
        if due is not None:
            told = {"title": kind.title, "first": day(first), "last": day(last)}
            done = _submitted(kind, first, last)
            yield Wanted(DUE.id, last.isoformat(), due, chief, opens_on=last, values=told, **done)


def _submitted(kind: ReportKind, first: date, last: date) -> dict[str, Any]:
    """When the first report on a period was submitted; one that came back is asked for by itself."""
    steps = [step for report in queries.on_period(kind, first, last) for step in steps_of(report)]
    return _done(next((step for step in reversed(steps) if step.name == "submit"), None))


def of_report(report: Report) -> Iterator[Wanted]:
    """What its next step asks for. What an earlier round asked for is done."""
    if report.voided_at:
        return
    steps = steps_of(report)
    told = {"number": report.number}
    for turn, step in enumerate(one for one in steps if one.name == "submit"):
        answer = next((one for one in steps if one.id > step.id and one.name in ("approve", "return")), None)
        yield Wanted(APPROVE.id, str(turn), clock.day_of(step.at) + TO_APPROVE, leader, values=told, **_done(answer))
    for turn, step in enumerate(one for one in steps if one.name == "return"):
        again = next((one for one in steps if one.id > step.id and one.name == "submit"), None)
        yield Wanted(MEND.id, str(turn), clock.day_of(step.at) + TO_MEND, chief, values=told, **_done(again))
    approved = next((one for one in steps if one.name == "approve"), None)
    if approved:
        due = _to_send(report, clock.day_of(approved.at))
        sent = next((one for one in steps if one.name == "send"), None)
        yield Wanted(SEND.id, "", due, leader, values=told, **_done(sent))


def _to_send(report: Report, approved_on: date) -> date:
    """The deadline of the report. What has none, or corrects a version that was sent, is not left lying about."""
    sent_before = deadlines.first_sent(queries.versions_before(report))
    return approved_on + TO_SEND if sent_before or report.due_on is None else report.due_on


def _done(step: Step | None) -> dict[str, Any]:
    return {"done_on": clock.day_of(step.at), "done_by_id": step.by_id} if step else {}


def _kind_of(report: Report) -> Iterator[ReportKind]:
    yield report.kind


def _owed(commune_id: int) -> ColumnElement[bool]:
    """Kinds of which a new day may bring the end of a period."""
    return and_(ReportKind.commune_id.in_(line_of(commune_id)), ReportKind.active, ReportKind.due_days.is_not(None))


SOURCES = (
    Source(ReportKind, (DUE,), of_kind, ((Report, _kind_of),), goes_on=_owed),
    Source(Report, (APPROVE, MEND, SEND), of_report, called=_called),
)
