"""What is due and who is late: each period of each kind of report that a commune owes, with how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from portal.engine import clock
from portal.engine.presentation import in_vietnamese
from portal.engine.text import _, ngettext
from portal.reports import queries
from portal.reports.models import Report, ReportKind
from portal.reports.periods import Days, ended_between
from portal.reports.wording.periods import called

LOOKED_BACK, AHEAD = timedelta(days=100), timedelta(days=100)


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
    """Periods that ended in the last hundred days since the kind is owed, and those to come, by their deadline."""
    today = clock.today()
    there = queries.last_sent(kinds, today - LOOKED_BACK)
    found = [
        _row(kind, days, there.get((kind.id, *days)), may_begin=may_begin)
        for kind in kinds
        if not kind.is_free and kind.due_days is not None
        for days in ended_between(kind.basis, kind.length, max(kind.since, today - LOOKED_BACK), today + AHEAD)
    ]
    return sorted(found, key=lambda row: (row.due_on, row.title))


def _row(kind: ReportKind, days: Days, report: Report | None, *, may_begin: bool) -> DueRow:
    first, last = days
    due = kind.due_on(last) or last
    shape, state = _standing(due, last, report)
    begin = ""
    if may_begin and report is None and first <= clock.today():
        begin = url_for("reports.begin", id=kind.id, period=last.isoformat())
    url = url_for("reports.show", id=report.id) if report else ""
    title = in_vietnamese(f"{kind.title}, {called(first, last)}")
    return DueRow(due, shape, title, url, state, _waits_for(last, report), begin)


def _standing(due: date, last: date, report: Report | None) -> tuple[str, str]:
    """How it stands against its deadline. Whatever is not sent by then is late, with whomever it lies."""
    today = clock.today()
    if report is not None and report.state == "sent":
        return "done", _("Sent on %(day)s", day=f"{report.sent_on:%d/%m/%Y}" if report.sent_on else "")
    late = (today - due).days
    if late > 0:
        return "overdue", str(ngettext("Late by %(num)s day", "Late by %(num)s days", late))
    if report is not None:
        return report.standing.shape, str(report.standing.label)
    if last > today:
        return "todo", _("The period runs until %(day)s", day=f"{last:%d/%m/%Y}")
    return "soon", _("Not begun")


def _waits_for(last: date, report: Report | None) -> str:
    if report is None:
        return _("Chief of commune police") if last <= clock.today() else ""
    return {
        "draft": _("Chief of commune police"), "returned": _("Chief of commune police"),
        "submitted": _("Chair of the People's Committee"), "approved": _("Chair of the People's Committee"),
    }.get(report.state, "")  # fmt: skip
