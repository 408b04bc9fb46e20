"""When an office of the example acts: on working days, in office hours."""

from datetime import date, timedelta

from portal.demo import chance
from portal.law.days import DAYS_OFF

ONE_DAY = timedelta(days=1)
SAME_EVERY_YEAR = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})  # for years that the table of days off does not know


def is_off(on: date) -> bool:
    if on.year in DAYS_OFF.years:
        return DAYS_OFF.is_off(on)
    return on.weekday() >= 5 or (on.month, on.day) in SAME_EVERY_YEAR


def from_day(on: date) -> date:
    """The day itself or, if it is off, the next working day."""
    while is_off(on):
        on += ONE_DAY
    return on


def after(on: date, count: int = 1) -> date:
    """So many working days later; the day itself is not counted."""
    for _ in range(count):
        on = from_day(on + ONE_DAY)
    return on


def before(on: date, count: int = 1) -> date:
    """So many working days earlier; the day itself is not counted."""
    for _ in range(count):
        on -= ONE_DAY
        while is_off(on):
            on -= ONE_DAY
    return on


def some_day(first: date, last: date, *about: object) -> date:
    """A working day from one to another, both included; where all are off, the last."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return chance.choice([one for one in days if not is_off(one)] or [last], *about)
