"""The review of half a year or a year beside the one before: figures, coverage, who came, tasks on time, by force."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal.engine import clock
from portal.engine.access import Actor, holds, may_open
from portal.engine.indicators import Period
from portal.engine.reviews import Named, review_sources
from portal.engine.text import _, say
from portal.meetings.indicators import INDICATORS
from portal.meetings.models import Meeting, MeetingKind
from portal.meetings.presenters.figures import opened
from portal.meetings.reviewing import Compared, Result, Work, called, compared, in_order, result

HALVES = {"year": (1, 12), "first": (1, 6), "second": (7, 12)}


@dataclass(frozen=True)
class ShownFigure:
    """A figure beside that of a year before; each opens its records where the reader may."""

    label: Any
    value: Any
    before: Any
    url: str = ""
    before_url: str = ""
    shares: tuple[int | None, int | None] | None = None  # in a hundred, now and then, of what is no bare number

    @property
    def change(self) -> tuple[str, str]:
        """A direction and by how much, of two numbers or two shares; of anything else nothing is said."""
        if self.shares:
            return _compared(*self.shares)
        if not isinstance(self.value, int) or not isinstance(self.before, int):
            return "", ""
        by = self.value - self.before
        return ("up", f"+{by}") if by > 0 else ("down", f"−{-by}") if by < 0 else ("same", str(_("as before")))


def _compared(now: int | None, before: int | None) -> tuple[str, str]:
    if now is None or before is None:
        return "", str(_("nothing to compare"))
    if now == before:
        return "same", str(_("as before"))
    by = f"+{now - before}" if now > before else f"−{before - now}"
    return "up" if now > before else "down", str(_("%(by)s percentage points", by=by))


@dataclass(frozen=True)
class Part:
    """What one room tells."""

    id: str
    label: Any
    figures: Sequence[ShownFigure]
    named: Sequence[Named]


@dataclass(frozen=True)
class ForceRow:
    """The work of one force now and a year before. *counted*: what other rooms count of it, in the order of heads."""

    name: str
    now: Work
    before: Work
    counted: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Review:
    title: str
    first: date
    last: date
    figures: Sequence[ShownFigure]
    parts: Sequence[Part]
    heads: Sequence[Any]
    forces: Sequence[ForceRow]
    meetings: Sequence[Meeting]
    months_without: Sequence[str]


def period_of(year: int, half: str, communes: tuple[int, ...]) -> Period:
    """The days of a half-year or a year, both included; of one that runs, those until today."""
    first, last = HALVES[half]
    begins, ends = date(year, first, 1), date(year, 12, 31) if last == 12 else date(year, last, 30)
    today = clock.today()
    return Period(begins, min(ends, today) if begins <= today else ends, communes)


def review(user: Actor, year: int, half: str, communes: tuple[int, ...]) -> Review:
    period = period_of(year, half, communes)
    now, before = result(period), result(period.year_before())
    titles = {"year": _("Year %(year)s"), "first": _("First half of %(year)s"), "second": _("Second half of %(year)s")}
    told = compared((one for one in review_sources() if one.right is None or holds(user, *one.right[::-1])), period)
    return Review(
        title=titles[half] % {"year": year},
        first=period.first,
        last=period.last,
        figures=[*_of_meetings(user, period), _tasks(now.whole, before.whole)],
        parts=[_part(user, one, period) for one in told],
        heads=[each.label for one in told for each in one.now.by_force],
        forces=_forces(now, before, told, called(period)),
        meetings=now.meetings,
        months_without=_months_without(now.meetings, period),
    )


def _of_meetings(user: Actor, period: Period) -> list[ShownFigure]:
    before = period.year_before()
    return [
        ShownFigure(
            one.label, one.value(period), one.value(before), _url(user, one.id, period), _url(user, one.id, before)
        )
        for one in INDICATORS
    ]


def _tasks(now: Work, before: Work) -> ShownFigure:
    """How many of the tasks that were due were done by their day."""
    return ShownFigure(
        _("Tasks done on time, of those due"), _share(now.on_time, now.due), _share(before.on_time, before.due),
        shares=(now.share, before.share),
    )  # fmt: skip


def _share(done: int, of: int) -> str:
    return str(_("%(done)s of %(all)s", done=done, all=of)) if of else "–"


def _part(user: Actor, one: Compared, period: Period) -> Part:
    before = period.year_before()
    figures = [
        ShownFigure(told.label, told.value, then.value, _url(user, told.opens, period), _url(user, then.opens, before))
        for told, then in zip(one.now.figures, one.before.figures, strict=True)
    ]
    named = [each if may_open(user, each.opens) else replace(each, opens="") for each in one.now.named]
    return Part(one.source.id.replace(".", "-"), say(one.source.label), figures, named)


def _url(user: Actor, opens: str, period: Period) -> str:
    return opened(user, opens, period.first, period.last)


def _forces(now: Result, before: Result, told: Sequence[Compared], names: Mapping[int, str]) -> list[ForceRow]:
    """A row for each force, by the name that it had in the period."""
    pairs = [pair for one in told for pair in zip(one.now.by_force, one.before.by_force, strict=True)]
    return [
        ForceRow(
            names.get(unit.id, unit.title), now.work.get(unit.id, Work()), before.work.get(unit.id, Work()),
            [(each.counts.get(unit.id, 0), then.counts.get(unit.id, 0)) for each, then in pairs],
        )
        for unit in in_order(now, before)
    ]  # fmt: skip


def _months_without(held: Iterable[Meeting], period: Period) -> list[str]:
    """Months of the period that are over and had no briefing of the coordination."""
    had = {(one.day.year, one.day.month) for one in held if one.kind == MeetingKind.COORDINATION}
    today, year = clock.today(), period.first.year
    over = [
        month for month in range(period.first.month, period.last.month + 1) if (year, month) < (today.year, today.month)
    ]
    return [f"{month:02d}/{year}" for month in over if (year, month) not in had]
