"""Whether the period of a report is over."""

from collections.abc import Iterator

from portal.engine import clock
from portal.engine.presentation import day
from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.reports.checks.finding import Check, Finding, Weight, at_once
from portal.reports.models import Report
from portal.reports.wording.told import Figures


def period_over(report: Report, _told: Figures) -> Iterator[Finding]:
    """A report tells of days that were. Every deadline counts from the last of them on (`ReportKind.due_days`), so that
    no kind is due before; on that day itself, at which periods close, it may go."""
    if report.last > clock.today():
        text = mark("The period runs until %(day)s: before that day nobody knows its figures.")
        yield Finding(Plain(text, day=day(report.last)), (report.last,))


PERIOD_OVER = Check(
    "period-over", _l("The period has come to its end"),
    _l("The draft may be written before; it is submitted and approved from the last day on."), Weight.HARD,
    at_once(period_over),
)  # fmt: skip
