"""How the codes count: months, shares of a term, the last day of a term; and the table of days off.

Sources: Bộ luật Dân sự 2015, Điều 147-148; Bộ luật Tố tụng hình sự 2015, Điều 134.
"""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from portal.law.days_off import DAYS_OFF, Counted, DayOutsideTableError, DaysOff, Year

__all__ = [
    "DAYS_OFF",
    "Counted",
    "DayOutsideTableError",
    "DaysOff",
    "Year",
    "add_months",
    "last_of_month",
    "last_of_term",
    "next_month",
    "share_of_days",
    "share_of_months",
]

ONE_DAY = timedelta(days=1)


def add_months(start: date, months: int) -> date:
    """The day with the same number so many months on (or back); where that month has none, its last day."""
    number = start.year * 12 + start.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def next_month(day: date) -> date:
    """The first day of the month after."""
    return add_months(day.replace(day=1), 1)


def last_of_month(day: date) -> date:
    """The last day of the month that holds the day."""
    return next_month(day) - ONE_DAY


def last_of_term(start: date, months: int, reading: str = "CORRESPONDING_DAY") -> date:
    """The last day of a term, itself included; it never moves for a day off, since that would lengthen a penalty.

    By START_DAY_COUNTED it is the day before the corresponding one or, where the month has no such day, its last.
    """
    corresponding = add_months(start, months)
    if reading == "START_DAY_COUNTED" and corresponding.day == start.day:
        return corresponding - ONE_DAY
    return corresponding


def share_of_months(months: int, share: Fraction) -> int | None:
    """A share of a term in whole months, or None where it does not divide evenly."""
    part = months * share
    return int(part) if part.denominator == 1 else None


def share_of_days(start: date, months: int, share: Fraction) -> int:
    """A share of a term in days, rounded up to the first whole day."""
    return ceil((add_months(start, months) - start).days * share)
