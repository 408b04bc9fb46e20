"""Whether the period of a report is over, and whether anything was recorded in it."""

from collections.abc import Iterator

from portal.engine import clock
from portal.engine.presentation import day
from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.reports import figures
from portal.reports.checks.finding import Check, Finding, Weight, at_once
from portal.reports.models import Report
from portal.reports.wording.told import Figures


def period_over(report: Report, _told: Figures) -> Iterator[Finding]:
    """A report tells of days that were. Every deadline counts from the last of them on (`ReportKind.due_days`), so that
    no kind is due before; on that day itself, at which periods close, it may go."""
    if report.last > clock.today():
        text = mark("The period runs until %(day)s: before that day nobody knows its figures.")
        yield Finding(Plain(text, day=day(report.last)), (report.last,))


def recorded(report: Report, told: Figures) -> Iterator[Finding]:
    """Where nothing at all was recorded the text would say of everything that it did not happen."""
    if figures.nothing_recorded(told):
        text = mark("Nothing was recorded from %(first)s to %(last)s: the report would say that nothing happened.")
        yield Finding(Plain(text, first=day(report.first), last=day(report.last)), (report.first, report.last))


RECORDED = Check(
    "recorded", _l("There are records of the period"),
    _l("Record what happened first. If there truly was nothing, say how you know."), Weight.DOUBT, at_once(recorded),
)  # fmt: skip
PERIOD_OVER = Check(
    "period-over", _l("The period has come to its end"),
    _l("The draft may be written before; it is submitted and approved from the last day on."), Weight.HARD,
    at_once(period_over),
)  # fmt: skip
