"""What a figure is made of, as its page draws it; and all figures with what they count."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.engine.indicators import Breakdown, Indicator, Period
from portal.engine.text import _, _l
from portal.reports import catalogue, figures, outline
from portal.reports.presenters.charts import BASE, LEFT, TOP, month_name, months_of
from portal.reports.presenters.page import OTHERS, in_number

MOST_MONTHS = 12  # that a picture tells apart; of more, the parts are drawn as bars
KINDS = {"flow": _l("What happened in the period"), "stock": _l("What there is at the end of the last day")}


# ── parts of one figure ─────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Columns:
    """Months beside those of the year before, as `components/figures.html` draws them."""

    title: Any
    desc: str
    now_label: str
    then_label: str
    lines: Sequence[tuple[int, str]]
    bars: Sequence[tuple[float, str, int, int, int, int]]


@dataclass(frozen=True)
class Part:
    """One way to part a figure, both periods in *rows*; *columns* by months, else *bars*."""

    name: str
    label: Any
    rows: Sequence[tuple[str, str, str]]
    columns: Columns | None
    bars: Sequence[Mapping[str, Any]]


def of(one: Indicator, period: Period) -> Iterator[Part]:
    """The breakdowns of a figure in which there is something to tell apart."""
    for by in one.breakdowns:
        values = _values(one, period, by)
        if any(now or before for _what, now, before in values):
            yield _part(by, values, period)


Values = Sequence[tuple[str, Any, Any]]


def _values(one: Indicator, period: Period, by: Breakdown) -> Values:
    """What stands for each part in this period and in that of the year before; months by their number alone."""
    found = figures.parted(one, period, by)
    now, before = dict(found["now"]), dict(found["before"])
    if by.name == "month":
        before = {_a_year_on(month): value for month, value in before.items()}
        months = months_of(period.first, period.last)
        empty = months if len(months) <= MOST_MONTHS else ()  # a month of nothing is told where all are drawn
        names = sorted({*now, *before, *empty}, key=lambda month: (month[3:], month[:2]))
    else:
        names = sorted({*now, *before}, key=lambda name: (-(now.get(name) or 0), name))
    return [(name, now.get(name, 0), before.get(name, 0)) for name in names]


def _a_year_on(month: str) -> str:
    """ "03/2023" is shown beside "03/2024"."""
    number, slash, year = month.partition("/")
    return f"{number}/{int(year) + 1}" if slash else month


def _part(by: Breakdown, values: Values, period: Period) -> Part:
    most = max(max(now or 0, before or 0) for _what, now, before in values) or 1
    drawn = by.name == "month" and len(values) <= MOST_MONTHS
    return Part(
        by.name, by.label, [(what, in_number(now), in_number(before)) for what, now, before in values],
        _columns(by, values, period, most) if drawn else None, [] if drawn else [_bar(*one, most) for one in values],
    )  # fmt: skip


def _bar(what: str, now: Any, before: Any, most: Any) -> Mapping[str, Any]:
    told = _("%(before)s a year before", before=in_number(before))
    return {"label": what, "percent": round(100 * (now or 0) / most, 1), "value": in_number(now), "of": told}


def _columns(by: Breakdown, values: Values, period: Period, most: Any) -> Columns:
    bars = [_column(place, len(values), one, most) for place, one in enumerate(values)]
    year = period.last.year
    return Columns(
        by.label, _finding(values), str(year), str(year - 1), [(TOP, in_number(most)), (BASE, "0")], bars
    )  # fmt: skip


def _column(place: int, count: int, one: tuple[str, Any, Any], most: Any) -> tuple[float, str, int, int, int, int]:
    what, now, before = one
    x = round(LEFT + (100 - LEFT) * (place + 0.5) / count, 2)
    now_height, before_height = (round((BASE - TOP) * (value or 0) / most) for value in (now, before))
    return x, month_name(what, count), BASE - now_height, now_height, BASE - before_height, before_height


def _finding(values: Values) -> str:
    """The picture in words, for whoever does not see it."""
    return "; ".join(
        _("%(what)s: %(now)s, a year before %(before)s", what=what, now=in_number(now), before=in_number(before))
        for what, now, before in values
    )


# ── all figures ─────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Defined:
    """The figures of a section of the report."""

    id: str
    title: Any
    figures: Sequence[Indicator]


def defined() -> Iterator[Defined]:
    """Every figure in the order of the report; what has no place there stands last."""
    left = catalogue.indicators()
    for section in outline.OUTLINE:
        yield Defined(section.id, section.title, [line.indicator for line in section.lines])
        for line in section.lines:
            left.pop(line.indicator.id, None)
    if left:
        yield Defined(OTHERS, _l("Other figures"), list(left.values()))


def kind_of(one: Indicator) -> Any:
    return KINDS.get(one.kind, one.kind)
