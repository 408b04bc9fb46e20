"""The one clock: every day and moment of the portal is read here.

The loader of the example commune moves it, so that deeds of 2022 are dated 2022; a request never can.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import has_request_context

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Tell the moment, aware and in UTC."""
    return _told.get() or written_now()


def today() -> date:
    """Tell the calendar day in Viet Nam."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Tell on which calendar day in Viet Nam a moment lies."""
    return moment.astimezone(VIETNAM).date()


def written_now() -> datetime:
    """Tell the moment by the machine's own clock, also while a story is told."""
    return datetime.now(UTC)


def moment(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """Give the moment of an hour of the day in Viet Nam."""
    return datetime.combine(day, time(hour, minute), VIETNAM).astimezone(UTC)


def at(day: date, hour: time) -> datetime:
    """Give the moment of an hour as it was typed, on a day in Viet Nam."""
    return moment(day, hour.hour, hour.minute)


@contextmanager
def telling(at: datetime) -> Iterator[None]:
    """Live at another moment for a while. Raises RuntimeError inside a request."""
    if has_request_context():
        raise RuntimeError("A request never moves the clock.")
    token = _told.set(at)
    try:
        yield
    finally:
        _told.reset(token)
