"""Days off and working days.

Days off are data that one person enters and another confirms. Outside the table nothing is guessed, but
DayOutsideTableError raised. While it is not known whether a day is off, the earlier result is given, with the later one
and the day it hangs on. Sources: Bộ luật Dân sự 2015, Điều 147-148 (the start is not counted); Bộ luật Lao động, Điều
111-112; the yearly announcements of days off for public servants; for 24/11, Nghị quyết 28/2026/QH16.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class DayOutsideTableError(LookupError):
    """Nobody has entered the days off of that year, so no working day can be counted there."""

    def __init__(self, day: date) -> None:
        super().__init__(f"The days off of {day.year} are not in the table, so {day.isoformat()} cannot be counted")
        self.day = day


@dataclass(frozen=True)
class Year:
    """Days off of one year besides Saturdays and Sundays, Saturdays that are worked, and days not yet known."""

    off: frozenset[date]
    worked: frozenset[date] = frozenset()
    unknown: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Counted:
    """A counted day; *later* is what comes out if the *unknown* days are days off."""

    day: date
    later: date | None = None
    unknown: tuple[date, ...] = ()


@dataclass(frozen=True)
class DaysOff:
    """The table of days off by year."""

    years: Mapping[int, Year]

    def with_year(self, number: int, entered: Year) -> DaysOff:
        """A new table in which one year is entered or replaced."""
        return replace(self, years={**self.years, number: entered})

    def is_known(self, day: date) -> bool:
        """Whether the table can tell a working day from a day off here."""
        return day.year in self.years and day not in self.years[day.year].unknown

    def is_off(self, day: date, *, if_unknown: bool = False) -> bool:
        """Whether a day is off; *if_unknown* answers for days not yet known. DayOutsideTableError in another year."""
        if day.year not in self.years:
            raise DayOutsideTableError(day)
        entered = self.years[day.year]
        if day in entered.unknown:
            return if_unknown
        return day in entered.off or (day.weekday() >= SATURDAY and day not in entered.worked)

    def working_days_after(self, start: date, count: int) -> Counted:
        """The last of *count* working days; the start is not counted. DayOutsideTableError beyond the table."""
        return self._earlier_and_later(start, partial(self._walk, start, count))

    def earliest_after(self, start: date, count: int) -> date:
        """As `working_days_after`, with Saturdays and Sundays alone for days off in a year that nobody has entered."""
        day = start
        while count > 0:
            day += ONE_DAY
            count -= not self._is_surely_off(day)
        return day

    def rolled_forward(self, day: date) -> Counted:
        """The day itself or, if it is off, the next working day. DayOutsideTableError beyond the table."""
        before = day - ONE_DAY
        return self._earlier_and_later(before, partial(self._walk, before, 1))

    def alert_before(self, day: date) -> date | None:
        """The working day before a day that is, or may be, off; None if it is a working day.

        An alert that comes early does no harm, so days not known count as off; in a year that nobody has entered only
        Saturdays and Sundays do.
        """
        alert = day
        while self._may_be_off(alert):
            alert -= ONE_DAY
        return None if alert == day else alert

    def _is_surely_off(self, day: date) -> bool:
        return self.is_off(day) if day.year in self.years else day.weekday() >= SATURDAY

    def _may_be_off(self, day: date) -> bool:
        return self.is_off(day, if_unknown=True) if day.year in self.years else day.weekday() >= SATURDAY

    def _walk(self, start: date, count: int, *, unknown: bool) -> date:
        day = start
        while count > 0:
            day += ONE_DAY
            count -= not self.is_off(day, if_unknown=unknown)
        return day

    def _earlier_and_later(self, start: date, walk: Callable[..., date]) -> Counted:
        """Both readings of the days not known yet. Whatever follows the earlier day is asked of no table in vain."""
        earlier = walk(unknown=False)
        if not self._doubtful(start, earlier) or (later := walk(unknown=True)) == earlier:
            return Counted(earlier)
        return Counted(earlier, later, self._doubtful(start, later))

    def _doubtful(self, after: date, last: date) -> tuple[date, ...]:
        """The days up to a last one of which it is not known whether they are off."""
        span = (after + timedelta(days=number + 1) for number in range((last - after).days))
        return tuple(day for day in span if not self.is_known(day))


def entered(number: int, off: str, worked: str = "", unknown: str = "") -> Year:
    """Read a year as officials write it, day before month: "1/1 30/4 1/5"."""

    def days(text: str) -> frozenset[date]:
        pairs = (one.split("/") for one in text.split())
        return frozenset(date(number, int(month), int(day)) for day, month in pairs)

    return Year(days(off), days(worked), days(unknown))


DAYS_OFF = DaysOff({
    2023: entered(2023, "2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9"),
    2024: entered(2024, "1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9", worked="4/5"),
    2025: entered(2025, "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9", worked="26/4"),
    2026: entered(
        2026,
        "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11",
        worked="10/1 22/8",
        unknown="23/11 28/11",
    ),
    2027: entered(2027, "1/1 5/2 8/2 9/2 16/4 30/4 3/5 2/9 24/11", unknown="3/2 4/2 10/2 11/2 1/9 3/9"),
})  # fmt: skip
