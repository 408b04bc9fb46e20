"""The days of a period, counted once more from the conventions: both ends belong to it; the year before it."""

from datetime import date, timedelta

ONE = timedelta(days=1)


def within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def stands(began: date, ended: date | None, last: date) -> bool:
    """Whether it is there at the end of a day: the day on which it begins counts, that on which it ends does not."""
    return began <= last and (ended is None or ended > last)


def year_before(first: date, last: date) -> tuple[date, date]:
    """The same days one year earlier; 29/02 becomes 28/02, and the last day of a month stays the last of its month."""
    if (last + ONE).day > 1:
        return _earlier(first), _earlier(last)
    after = last + ONE
    return _earlier(first), after.replace(year=after.year - 1) - ONE


def _earlier(day: date) -> date:
    return date(day.year - 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
