"""The parts of a figure in two periods side by side: what is shown of them adds up to the figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.engine.indicators import PLACES_OF_A_PART
from portal.engine.listing import MONTHS_OF_YEAR
from portal.engine.text import _
from portal.reports.presenters.page import in_number

MONTH = "month"
MOST_COLUMNS = 12  # months that a picture tells apart on a phone; of more, the parts are drawn as bars
MOST_LETTERED = 9  # months whose names have room for their letter, or their year, on a phone
MOST_EMPTY = 24  # months of which those are told, too, in which there was nothing
BASE, TOP, LEFT = 200, 20, 6  # of the picture: pixels from above; percent from the left

Row = tuple[str, Any, Any]  # what it is, its value in the period and a year before


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
    """One way to part a figure: both periods in *rows* under their *heads*, drawn as *columns* or else as *bars*."""

    name: str
    label: Any
    heads: tuple[str, str]
    rows: Sequence[tuple[str, str, str]]
    columns: Columns | None
    bars: Sequence[Mapping[str, Any]]


# ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def rows(name: str, part: Mapping[str, Any], months: Sequence[str] = ()) -> list[Row]:
    """The parts of a breakdown of a name, counted or frozen: months in their order, anything else by size.

    A month of the year before stands beside the same month one year on; *months* are told even if nothing was there.
    Parts that are called the same are added up, since a frozen one is known by what it is called.
    """
    now, before = _added_up(part["now"]), _added_up(part["before"])
    if name == MONTH:
        before = {_a_year_on(month): value for month, value in before.items()}
        names = sorted({*now, *before, *months}, key=lambda month: (month[3:], month[:2]))
    else:
        names = sorted({*now, *before}, key=lambda what: (-now.get(what, 0), what))
    return [(what, now.get(what, 0), before.get(what, 0)) for what in names]


def _added_up(found: Sequence[Sequence[Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for what, value in found:
        values[what] = round(values.get(what, 0) + value, PLACES_OF_A_PART)
    return values


def _a_year_on(month: str) -> str:
    """ "03/2023" is shown beside "03/2024"."""
    number, slash, year = month.partition("/")
    return f"{number}/{int(year) + 1}" if slash else month


def months_of(first: date, last: date) -> list[str]:
    """The months of a period in their order, as "03/2024", also those in which there was nothing."""
    begun, ended = (day.year * MONTHS_OF_YEAR + day.month - 1 for day in (first, last))
    found = (divmod(month, MONTHS_OF_YEAR) for month in range(begun, ended + 1))
    return [f"{month + 1:02}/{year}" for year, month in found]


def months_told(first: date, last: date) -> list[str]:
    """Those of a period that are told even where nothing was; of a long one only the others are."""
    months = months_of(first, last)
    return months if len(months) <= MOST_EMPTY else []


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def heads(first: date, last: date) -> tuple[str, str]:
    """What stands over the values of a period and of the year before: their years, if each lies in one."""
    if first.year == last.year:
        return str(last.year), str(last.year - 1)
    return _("This period"), _("A year before")


def called(name: str, what: str, first: date, last: date) -> str:
    """A part as a row calls it: a month needs its year only where the period lies in several."""
    return what[:2] if name == MONTH and first.year == last.year else what


def _under_column(month: str, count: int, first: date, last: date) -> str:
    """What stands under one of so many columns: "03/2024" is T3, 3 where many stand side by side, or 3/24."""
    number = int(month[:2])
    if first.year != last.year:
        return f"{number}/{month[-2:]}"
    return str(number) if count > MOST_LETTERED else _("M%(month)s", month=number)


# ── pictures ────────────────────────────────────────────────────────────────────────────────────────────────────────
def drawn(name: str, label: Any, values: Sequence[Row], first: date, last: date) -> Part:
    """A breakdown of some values as a page shows it: months as columns while they have room, anything else as bars."""
    told = heads(first, last)
    most = max((max(now, before) for _what, now, before in values), default=0) or 1
    columns = _columns(label, told, values, most, first, last) if _as_columns(values, first, last) else None
    named = [(called(name, what, first, last), now, before) for what, now, before in values]
    return Part(
        name, label, told, [(what, in_number(now), in_number(before)) for what, now, before in named], columns,
        [] if columns else [_bar(*one, most) for one in named],
    )  # fmt: skip


def _as_columns(values: Sequence[Row], first: date, last: date) -> bool:
    months = months_of(first, last)
    room = MOST_COLUMNS if first.year == last.year else MOST_LETTERED
    return len(months) <= room and [what for what, _now, _before in values] == months


def _bar(what: str, now: Any, before: Any, most: Any) -> Mapping[str, Any]:
    told = _("%(before)s a year before", before=in_number(before))
    return {"label": what, "percent": round(100 * now / most, 1), "value": in_number(now), "of": told}


def _columns(label: Any, told: tuple[str, str], values: Sequence[Row], most: Any, first: date, last: date) -> Columns:
    bars = [
        _column(place, len(values), _under_column(what, len(values), first, last), now / most, before / most)
        for place, (what, now, before) in enumerate(values)
    ]
    return Columns(label, _in_words(values), *told, [(TOP, in_number(most)), (BASE, "0")], bars)


def _column(place: int, count: int, name: str, now: float, before: float) -> tuple[float, str, int, int, int, int]:
    """Where it stands and what stands under it; of each value, as a share of the greatest, its top and its height."""
    x = round(LEFT + (100 - LEFT) * (place + 0.5) / count, 2)
    now_height, before_height = (round((BASE - TOP) * share) for share in (now, before))
    return x, name, BASE - now_height, now_height, BASE - before_height, before_height


def _in_words(values: Sequence[Row]) -> str:
    """The picture for whoever does not see it."""
    return "; ".join(
        _("%(what)s: %(now)s, a year before %(before)s", what=what, now=in_number(now), before=in_number(before))
        for what, now, before in values
    )
