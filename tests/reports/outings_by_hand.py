"""The figures of patrols and meetings, counted once more: plain Python over plain rows, from the definitions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

HERE = timezone(timedelta(hours=7))
MADE = ("logged", "countersigned", "disputed", "closed")
HELD = ("held", "minutes_drafted", "minutes_approved", "closed")


@dataclass
class Patrol:
    kind: str
    state: str
    planned: datetime
    started: datetime | None = None
    violations: int = 0
    voided: bool = False
    elsewhere: bool = False


@dataclass
class Meeting:
    kind: str
    state: str
    planned: datetime
    held_on: date | None = None
    voided: bool = False
    elsewhere: bool = False


def figures(patrols: Iterable[Patrol], meetings: Iterable[Meeting], first: date, last: date) -> dict[str, int]:
    """Every figure of the period."""
    orders = [one for one in patrols if one.kind == "order" and _was_made(one, first, last)]
    borders = [one for one in patrols if one.kind == "border" and _was_made(one, first, last)]
    held = [one.kind for one in meetings if _was_held(one, first, last)]
    return {
        "patrols.order.count": len(orders),
        "patrols.order.with_violations": len([one for one in orders if one.violations > 0]),
        "patrols.border.count": len(borders),
        "patrols.border.with_violations": len([one for one in borders if one.violations > 0]),
        "meetings.coordination.held": held.count("coordination"),
        "meetings.interim_reviews.held": held.count("interim_review"),
        "meetings.annual_reviews.held": held.count("annual_review"),
    }


def _was_made(one: Patrol, first: date, last: date) -> bool:
    """A moment counts on its day in Vietnam; a patrol over midnight on the day on which it began."""
    if one.voided or one.elsewhere or one.state not in MADE or one.started is None:
        return False
    return first <= one.started.astimezone(HERE).date() <= last


def _was_held(one: Meeting, first: date, last: date) -> bool:
    if one.voided or one.elsewhere or one.state not in HELD or one.held_on is None:
        return False
    return first <= one.held_on <= last
