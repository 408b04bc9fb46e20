"""How far ahead something is planned: beyond a year it is most often a mistyped one."""

from collections.abc import Iterator
from datetime import date, datetime

from portal.engine import clock
from portal.engine.refusal import Misfit
from portal.engine.text import mark
from portal.law.days import add_months


def last_day() -> date:
    """The last day for which anything is planned: a year from today."""
    return add_months(clock.today(), 12)


def beyond(starts_at: datetime, field: str = "on") -> Iterator[Misfit]:
    """What is wrong with a moment that lies further ahead than anybody plans, at the field of its day."""
    if clock.day_of(starts_at) > last_day():
        yield Misfit(field, mark("This is planned at most a year ahead, up to %(day)s."), day=last_day())
