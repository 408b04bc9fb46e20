"""Periods that people ask for: both days included, bounded so that nobody asks for five hundred years."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.engine.text import _l

MOST_YEARS = 10
MONTHS_OF_A_QUARTER, MONTHS_OF_A_HALF, EIGHT = 3, 6, 8


@dataclass(frozen=True)
class Preset:
    """A period with a name."""

    label: Any
    first: date
    last: date


def months(year: int, first: int, count: int) -> tuple[date, date]:
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


def usual(today: date) -> tuple[date, date]:
    """What is shown before anybody asked: the year up to a day."""
    return date(today.year, 1, 1), today


def too_long(first: date, last: date) -> bool:
    """Whether a period is longer than whole years allow."""
    return (last.year - first.year, last.month, last.day) >= (MOST_YEARS, first.month, first.day)
