"""Plan against done over the months of a year, and by force."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select

from portal.engine import clock
from portal.law.days import add_months
from portal.organisation.models import CoordinationPlan, Unit
from portal.patrols.months import Tally, Went, asked_in, counted, months_between
from portal.patrols.queries import last_day, years_of


def years_told(patrols: Select[Any]) -> list[int]:
    """The years that hold patrols, with this one and that of the next month, in their order."""
    return sorted({*years_of(patrols), clock.today().year, _next_month().year})


def last_told(patrols: Select[Any]) -> date:
    """Up to which day there is something to tell: to the next month, and whatever is planned beyond."""
    return max(last_day(patrols) or clock.today(), _next_month())


def _next_month() -> date:
    return add_months(clock.today().replace(day=1), 1)


def by_month(patrols: Sequence[Went], first: date, last: date, plans: Sequence[CoordinationPlan]) -> list[Tally]:
    """Every month from a day to another, also where nothing was, against the plans of the commune."""
    return [
        counted((one for one in patrols if one.month == month), month=month, asked=asked_in(plans, month))
        for month in months_between(first, last)
    ]


def by_force(patrols: Sequence[Went], units: Mapping[int, Unit]) -> list[Tally]:
    """Each force that took part or is to, with its part; a patrol of several forces counts for each of them."""
    rows = (counted((one for one in patrols if key in one.forces), name=unit.title) for key, unit in units.items())
    return [row for row in rows if row.planned]
