"""The review of half a year or a year: meetings held against those due, who came, tasks on time, by force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from portal.engine import clock
from portal.engine.access import Actor, may_open
from portal.engine.indicators import Figure, Period, figure
from portal.engine.text import _
from portal.meetings.indicators import INDICATORS
from portal.meetings.models import ActionItem, Meeting, MeetingKind
from portal.meetings.queries import given_between, held_between
from portal.organisation.models import Unit

HALVES = {"year": (1, 12), "first": (1, 6), "second": (7, 12)}


@dataclass(frozen=True)
class ShownFigure:
    figure: Figure
    url: str


@dataclass(frozen=True)
class ForceRow:
    """What one unit did: how many of the meetings that asked for it it came to, and its tasks."""

    name: str
    came: int
    asked: int
    given: int
    on_time: int
    late: int
    open: int
    dropped: int

    @property
    def percent(self) -> int:
        return round(100 * self.came / self.asked) if self.asked else 0


@dataclass(frozen=True)
class Review:
    title: str
    first: date
    last: date
    figures: Sequence[ShownFigure]
    forces: Sequence[ForceRow]
    meetings: Sequence[Meeting]
    months_without: Sequence[str]


def period_of(year: int, half: str, communes: tuple[int, ...]) -> Period:
    """The days of a half-year or a year, both included."""
    first, last = HALVES[half]
    end = date(year, 12, 31) if last == 12 else date(year, last, 30)
    return Period(date(year, first, 1), end, communes)


def review(user: Actor, year: int, half: str, communes: tuple[int, ...]) -> Review:
    period = period_of(year, half, communes)
    held = held_between(communes, period.first, period.last)
    tasks = given_between(communes, period.first, period.last)
    titles = {"year": _("Year %(year)s"), "first": _("First half of %(year)s"), "second": _("Second half of %(year)s")}
    return Review(
        title=titles[half] % {"year": year},
        first=period.first,
        last=period.last,
        figures=[ShownFigure(figure(one, period), _url(user, one.id, period)) for one in INDICATORS],
        forces=_forces(held, tasks),
        meetings=held,
        months_without=_months_without(held, period),
    )


def _url(user: Actor, id: str, period: Period) -> str:
    if not may_open(user, "reports.figure"):
        return ""
    days: dict[str, Any] = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return url_for("reports.figure", figure_id=id, **days)


def _forces(held: Iterable[Meeting], tasks: Iterable[ActionItem]) -> list[ForceRow]:
    """By the unit that stands for each today, so that a force keeps its record through a merger."""
    came: dict[int, list[bool]] = {}
    names: dict[int, Unit] = {}
    for meeting in held:
        for unit_id in sorted(meeting.units_needed):
            unit = next(one.unit for one in meeting.invited if one.unit_id == unit_id)
            heir = unit.heir or unit
            names[heir.id] = heir
            came.setdefault(heir.id, []).append(unit_id in meeting.units_present)
    given: dict[int, list[ActionItem]] = {}
    for task in tasks:
        heir = task.unit.heir or task.unit
        names[heir.id] = heir
        given.setdefault(heir.id, []).append(task)
    rows = [_force(unit, came.get(unit_id, []), given.get(unit_id, [])) for unit_id, unit in names.items()]
    return sorted(rows, key=lambda row: (-row.asked, row.name))


def _force(unit: Unit, came: Sequence[bool], tasks: Sequence[ActionItem]) -> ForceRow:
    done = [task for task in tasks if task.state == "done"]
    on_time = sum(task.on_time for task in done)
    return ForceRow(
        name=unit.title,
        came=sum(came),
        asked=len(came),
        given=len(tasks),
        on_time=on_time,
        late=len(done) - on_time,
        open=sum(task.state == "open" for task in tasks),
        dropped=sum(task.state == "dropped" for task in tasks),
    )


def _months_without(held: Iterable[Meeting], period: Period) -> list[str]:
    """Months of the period that are over and had no briefing of the coordination."""
    had = {(one.day.year, one.day.month) for one in held if one.kind == MeetingKind.COORDINATION}
    today, year = clock.today(), period.first.year
    over = [
        month for month in range(period.first.month, period.last.month + 1) if (year, month) < (today.year, today.month)
    ]
    return [f"{month:02d}/{year}" for month in over if (year, month) not in had]
