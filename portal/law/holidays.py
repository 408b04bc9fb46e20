"""The days off that the law itself gives in a year, and which of them a table lacks.

A holiday on a Saturday or Sunday is made good on the next working day; Tết is five days, of which the last of the old
year and the first three of the new are always among them; beside 2 September one more day is off. Sources: Bộ luật Lao
động, Điều 111 khoản 3, Điều 112; for 24/11, Nghị quyết 28/2026/QH16.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.law.days_off import ONE_DAY, SATURDAY, Year
from portal.law.rule import _

NEW_YEAR, TET, KINGS = _("New Year"), _("Lunar New Year"), _("Commemoration of the Hùng kings")
REUNIFICATION, LABOUR, NATIONAL = _("Day of reunification"), _("Labour day"), _("National day")
CULTURE = _("Viet Nam culture day")
CULTURE_SINCE = 2026  # the first 24/11 after 01/07/2026
TET_DAYS, NATIONAL_DAYS = 5, 2

# First day of the lunar year and 10th of its third month, by the meridian of Viet Nam (UTC+7), worked out from the new
# moons and the sun's terms; day/month.
LUNAR = {
    2020: "25/1 2/4", 2021: "12/2 21/4", 2022: "1/2 10/4", 2023: "22/1 29/4", 2024: "10/2 18/4", 2025: "29/1 7/4",
    2026: "17/2 26/4", 2027: "6/2 16/4", 2028: "26/1 4/4", 2029: "13/2 23/4", 2030: "2/2 12/4", 2031: "23/1 1/4",
    2032: "11/2 19/4", 2033: "31/1 9/4", 2034: "19/2 28/4", 2035: "8/2 17/4", 2036: "28/1 6/4", 2037: "15/2 24/4",
    2038: "4/2 13/4", 2039: "24/1 3/4", 2040: "12/2 20/4",
}  # fmt: skip


@dataclass(frozen=True)
class Missing:
    """A holiday that a table lacks: its *day*, or how many *more* days belong to it that the announcement chooses."""

    name: str
    day: date | None = None
    more: int = 0


def is_told(number: int) -> bool:
    """Whether the lunar days of a year are known here, so that a table of it can be compared with the law."""
    return number in LUNAR


def missing(number: int, entered: Year) -> list[Missing]:
    """The holidays of the law that a table of days off lacks, in their order. KeyError where `is_told` says no.

    A holiday has to be off; the day that makes up for one on a Saturday or Sunday may still be undecided.
    """
    named = entered.off | entered.unknown
    single = [
        Missing(name, day) for name, day, moved in _in_full(number) if day not in (named if moved else entered.off)
    ]
    several = [
        Missing(name, more=more)
        for name, first, last, count in _groups(number)
        if (more := count - sum(first <= day <= last for day in named) - sum(one.name == name for one in single)) > 0
    ]
    lasts = dict(_holidays(number))  # of several days of one name the last
    return sorted([*single, *several], key=lambda one: one.day or lasts[one.name] + ONE_DAY)


def _holidays(number: int) -> list[tuple[str, date]]:
    tet, kings = _lunar(number)
    fixed = [(NEW_YEAR, 1, 1), (REUNIFICATION, 30, 4), (LABOUR, 1, 5), (NATIONAL, 2, 9)]
    if number >= CULTURE_SINCE:
        fixed.append((CULTURE, 24, 11))
    found = [(name, date(number, month, day)) for name, day, month in fixed]
    return sorted([*found, (KINGS, kings), *((TET, tet + timedelta(days=one)) for one in range(-1, 3))], key=_day_of)


def _in_full(number: int) -> Iterator[tuple[str, date, bool]]:
    """Each holiday by the weekday on which it is off, and whether that day only makes up for it."""
    holidays = _holidays(number)
    taken = {day for _name, day in holidays}
    for name, holiday in holidays:
        day = holiday
        while day.weekday() >= SATURDAY or (day != holiday and day in taken):
            day += ONE_DAY
        taken.add(day)
        if name != TET or day == holiday:  # which days make up for Tết the announcement says
            yield name, day, day != holiday


def _groups(number: int) -> list[tuple[str, date, date, int]]:
    tet, national = _lunar(number)[0], date(number, 9, 2)
    return [
        (TET, tet - timedelta(days=5), tet + timedelta(days=8), TET_DAYS),
        (NATIONAL, national - timedelta(days=3), national + timedelta(days=4), NATIONAL_DAYS),
    ]


def _lunar(number: int) -> tuple[date, date]:
    tet, kings = (tuple(map(int, one.split("/"))) for one in LUNAR[number].split())
    return date(number, tet[1], tet[0]), date(number, kings[1], kings[0])


def _day_of(holiday: tuple[str, date]) -> date:
    return holiday[1]
