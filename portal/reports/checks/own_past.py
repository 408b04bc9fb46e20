"""A figure against the commune's own last twelve periods: what never was so is told in words."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from portal.engine.indicators import Indicator, Period
from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.reports import catalogue, figures
from portal.reports.checks.finding import Check, Finding, Finds, Weight, in_number
from portal.reports.models import Report
from portal.reports.periods import Days, months, of_year
from portal.reports.wording.told import Figures

PERIODS = 12
FEWEST = 4  # periods from the first in which something was counted: before that nothing is usual yet
LEAST = 3  # by which a value has to leave what there was: one case more than none is no surprise


def unusual(report: Report) -> list[Finds]:
    """Values, counted or typed, that lie further outside of the last periods than those lie apart, and noughts where
    there always was something: of each figure for itself, since twelve more counts stand behind it."""
    period = figures.period_of(report)
    before = [Period(first, last, period.communes) for first, last in earlier(report)]
    return [partial(_of_figure, one, before) for one in catalogue.of_period(period).values()]


def _of_figure(one: Indicator, before: Sequence[Period], _report: Report, told: Figures) -> Iterator[Finding]:
    now = told.of(one.id)
    past = _known(one, before) if now is not None else []
    if len(past) >= FEWEST and stands_out(now, past):
        yield _told(one, now, past)


def stands_out(now: Any, past: Sequence[Any]) -> bool:
    low, high = min(past), max(past)
    room = max(LEAST, high - low)
    return bool(now > high + room or now < low - room or (now == 0 and low >= LEAST))


def earlier(report: Report) -> list[Days]:
    """The last periods of the kind before this one; of free days, as many of the same length, one before the other."""
    kind = report.kind
    if kind.is_free:
        return list(_back(report.first, report.last))
    years = range(report.first.year - PERIODS - 1, report.last.year + 1)
    found = [days for year in years for days in of_year(kind.basis, kind.length, year) if days[1] < report.first]
    return found[-PERIODS:]


def _back(first: date, last: date) -> Iterator[Days]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    whole = (first, last) == (first.replace(day=1), months(last.year, last.month, 1)[1])
    for turn in range(PERIODS, 0, -1):
        if whole:
            start = first.year * 12 + first.month - 1 - turn * count
            end = start + count - 1
            yield months(start // 12, start % 12 + 1, 1)[0], months(end // 12, end % 12 + 1, 1)[1]
        else:
            span = (last - first + timedelta(days=1)) * turn
            yield first - span, last - span


def _known(one: Indicator, before: Sequence[Period]) -> list[Any]:
    """The values from the first period in which something was counted."""
    values = [one.value(period) for period in before]
    while values and not values[0]:
        values.pop(0)
    return [value for value in values if value is not None]


def _told(one: Indicator, now: Any, past: Sequence[Any]) -> Finding:
    between = mark("%(figure)s: %(value)s. In the last %(count)s periods it was between %(low)s and %(high)s.")
    always = mark("%(figure)s: %(value)s. In each of the last %(count)s periods it was %(low)s.")
    text = always if min(past) == max(past) else between
    numbers = {name: in_number(value) for name, value in (("value", now), ("low", min(past)), ("high", max(past)))}
    return Finding(
        Plain(text, figure=one.label, count=len(past), **numbers), (one.id, now, min(past), max(past)),
        figures=(one.id,),
    )  # fmt: skip


UNUSUAL = Check(
    "unusual", _l("As in the last twelve periods"),
    _l("A value that never was like this may be right: then say why."), Weight.DOUBT, unusual,
)  # fmt: skip
