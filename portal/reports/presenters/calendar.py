"""What is due and who is late: each period of each kind of report that a commune owes, with how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from portal.engine import clock
from portal.engine.presentation import day
from portal.engine.text import _
from portal.reports import queries
from portal.reports.deadlines import LOOKED_BACK, days_late, first_sent, late_by
from portal.reports.models import Report, ReportKind
from portal.reports.periods import Days, ended_between
from portal.reports.wording.periods import called

SENT_SHOWN, AHEAD = timedelta(days=100), timedelta(days=100)


@dataclass(frozen=True)
class DueRow:
    """A report that is owed: *waits_for* says with whom it is."""

    due_on: date
    shape: str
    title: str
    url: str
    state: str
    waits_for: str
    begin_url: str = ""


def rows(kinds: Sequence[ReportKind], *, may_begin: bool) -> list[DueRow]:
    """Periods that ended since the kind is owed, and those to come, by their deadline. What was sent is shown for a
    hundred days, what was not as long as it is owed."""
    today = clock.today()
    back = today - LOOKED_BACK
    there = queries.versions_since(kinds, back)
    found = [
        (days[1], kind, days, there.get((kind.id, *days), []))
        for kind in kinds
        if not kind.is_free and kind.due_days is not None
        for days in ended_between(kind.basis, kind.length, max(kind.since, back), today + AHEAD)
    ]
    shown = [
        _row(kind, days, versions, may_begin=may_begin)
        for last, kind, days, versions in found
        if last >= today - SENT_SHOWN or first_sent(versions) is None
    ]
    return sorted(shown, key=lambda row: (row.due_on, row.title))


def _row(kind: ReportKind, days: Days, versions: Sequence[Report], *, may_begin: bool) -> DueRow:
    """The version that was sent stands for the period; before that, the latest."""
    first, last = days
    due, sent = kind.due_on(last) or last, first_sent(versions)
    report = sent or (versions[-1] if versions else None)
    shape, state = _standing(due, last, report)
    begin = ""
    if may_begin and report is None and first <= clock.today():
        begin = url_for("reports.begin", id=kind.id, period=last.isoformat())
    url = url_for("reports.show", id=report.id) if report else ""
    return DueRow(due, shape, f"{kind.title}, {called(first, last)}", url, state, _waits_for(last, report), begin)


def _standing(due: date, last: date, report: Report | None) -> tuple[str, str]:
    """How it stands against its deadline. Whatever is not sent by then is late, with whomever it lies."""
    sent = first_sent([report] if report else ())
    late = days_late(due, sent)
    if sent is not None:
        told = _("Sent on %(day)s", day=day(sent.sent_on))
        return "done", f"{told}. {late_by(late)}" if late else told
    if late:
        return "overdue", late_by(late)
    if report is not None:
        return report.standing.shape, str(report.standing.label)
    if last > clock.today():
        return "todo", _("The period runs until %(day)s", day=day(last))
    return "soon", _("Not begun")


def _waits_for(last: date, report: Report | None) -> str:
    if report is None:
        return _("Chief of commune police") if last <= clock.today() else ""
    return {
        "draft": _("Chief of commune police"), "returned": _("Chief of commune police"),
        "submitted": _("Chair of the People's Committee"), "approved": _("Chair of the People's Committee"),
    }.get(report.state, "")  # fmt: skip
