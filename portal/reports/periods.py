"""Periods that people ask for, and those that reports are owed for: both days included.

They are bounded, so that nobody asks for five hundred years. Reports to superior levels close on the 14th: a month is
15th to 14th, a quarter ends on the 14th of its last month, a year runs from 15/12 to 14/12 (NĐ 09/2019/NĐ-CP, Điều 12).
"""

import calendar
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.engine.text import _l

MOST_YEARS = 10
MONTHS_OF_A_QUARTER, MONTHS_OF_A_HALF, EIGHT = 3, 6, 8


Days = tuple[date, date]


class Basis(enum.StrEnum):
    """By which days the periods of a kind of report are cut."""

    CALENDAR = "calendar"
    FOURTEENTH = "fourteenth"
    FREE = "free"


class Length(enum.StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    FREE = "free"


# The months, first and last, of each period that a year has.
MONTHS: dict[Length, tuple[tuple[int, int], ...]] = {
    Length.MONTH: tuple((month, month) for month in range(1, 13)),
    Length.QUARTER: ((1, 3), (4, 6), (7, 9), (10, 12)),
    Length.HALF: ((1, 6), (7, 12)),
    Length.NINE_MONTHS: ((1, 9),),
    Length.YEAR: ((1, 12),),
    Length.FREE: (),
}
CUT = 14  # the last day of a month that is closed for a report


@dataclass(frozen=True)
class Preset:
    """A period with a name."""

    label: Any
    first: date
    last: date


def months(year: int, first: int, count: int) -> Days:
    """The first and last day of some whole months of a year."""
    last = first + count - 1
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def presets(today: date) -> tuple[Preset, ...]:
    """The year up to a day, what holds it (month, quarter, half-year, year), and the first eight months of its year."""
    quarter = today.month - (today.month - 1) % MONTHS_OF_A_QUARTER
    half = 1 if today.month <= MONTHS_OF_A_HALF else MONTHS_OF_A_HALF + 1
    return (
        Preset(_l("Since the new year"), *usual(today)),
        Preset(_l("This month"), *months(today.year, today.month, 1)),
        Preset(_l("This quarter"), *months(today.year, quarter, MONTHS_OF_A_QUARTER)),
        Preset(_l("This half-year"), *months(today.year, half, MONTHS_OF_A_HALF)),
        Preset(_l("First eight months"), *months(today.year, 1, EIGHT)),
        Preset(_l("This year"), *months(today.year, 1, 12)),
    )


def usual(today: date) -> Days:
    """What is shown before anybody asked: the year up to a day."""
    return date(today.year, 1, 1), today


def too_long(first: date, last: date) -> bool:
    """Whether a period is longer than whole years allow."""
    return (last.year - first.year, last.month, last.day) >= (MOST_YEARS, first.month, first.day)


def of_year(basis: Basis, length: Length, year: int) -> list[Days]:
    """The periods of a year, the first one first; none where anybody may name the days."""
    cut = {Basis.CALENDAR: _whole_months, Basis.FOURTEENTH: _to_the_14th}.get(basis)
    return [cut(year, first, last) for first, last in MONTHS[length]] if cut else []


def _whole_months(year: int, first: int, last: int) -> Days:
    return months(year, first, last - first + 1)


def _to_the_14th(year: int, first: int, last: int) -> Days:
    """From the 15th of the month before the first to the 14th of the last: January begins on 15/12."""
    begins = date(year - 1, 12, CUT + 1) if first == 1 else date(year, first - 1, CUT + 1)
    return begins, date(year, last, CUT)


def ended_between(basis: Basis, length: Length, since: date, until: date) -> Iterator[Days]:
    """The periods whose last day lies between two days, both included."""
    for year in range(since.year, until.year + 1):
        yield from (days for days in of_year(basis, length, year) if since <= days[1] <= until)


def holding(basis: Basis, length: Length, day: date) -> Days | None:
    """The period in which a day lies: of nine months, none after the ninth."""
    years = (day.year, day.year + 1)  # 15/12 belongs to the year to come
    found = (days for year in years for days in of_year(basis, length, year))
    return next((days for days in found if days[0] <= day <= days[1]), None)
