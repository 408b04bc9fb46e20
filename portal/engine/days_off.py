"""Which days are off in a commune, for whatever no rule of the law counts: digests, notices, the calendar.

The room that keeps the table offers it (`Area.days_off`). Where the table does not tell, nothing is guessed to be off:
a day that is not known yet counts as worked, which is the earlier outcome; in a year that nobody has entered Saturdays
and Sundays alone are off.
"""

from datetime import date

from flask import current_app

from portal.law.days_off import DaysOff

SATURDAY = 5


def table_of(commune_id: int | None) -> DaysOff:
    """The table that two people confirmed in a commune, over the one that the portal comes with."""
    found: DaysOff = current_app.extensions["days_off"](commune_id)
    return found


def is_day_off(day: date, commune_id: int | None) -> bool:
    """Whether nobody works on a day, as far as it is known."""
    table = table_of(commune_id)
    return table.is_off(day) if day.year in table.years else day.weekday() >= SATURDAY


def is_unknown(day: date, commune_id: int | None) -> bool:
    """Whether it is not known yet if a day is off; of a whole year that is not entered nothing is said here."""
    table = table_of(commune_id)
    return day.year in table.years and not table.is_known(day)
