"""What half a year or a year of meetings came to, by force: who came, and which tasks were done on time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.engine.indicators import Period
from portal.engine.reviews import Reviewed, ReviewSource
from portal.engine.text import _
from portal.meetings.models import ActionItem, Meeting
from portal.meetings.queries import given_between, held_between
from portal.organisation.models import Unit
from portal.organisation.queries import forces_on

ALL_ROOMS = "meetings.review"  # the source of the item that tells a review what every room says


@dataclass
class Work:
    """What one force did: to how many of the meetings that asked for it it came, and what became of its tasks."""

    came: int = 0
    asked: int = 0
    tasks: list[ActionItem] = field(default_factory=list)

    @property
    def percent(self) -> int:
        return round(100 * self.came / self.asked) if self.asked else 0

    @property
    def given(self) -> int:
        return len(self.tasks)

    @property
    def on_time(self) -> int:
        return sum(task.on_time for task in self.tasks)

    @property
    def late(self) -> int:
        """Done, but after their day."""
        return sum(task.state == "done" and not task.on_time for task in self.tasks)

    @property
    def overdue(self) -> int:
        return sum(task.late for task in self.tasks)

    @property
    def ahead(self) -> int:
        """Open, and their day is still to come."""
        return sum(task.state == "open" and not task.late for task in self.tasks)

    @property
    def due(self) -> int:
        """Those by which work is measured: done, or past their day. What was dropped nobody owes any more."""
        return self.on_time + self.late + self.overdue

    @property
    def share(self) -> int | None:
        """Of a hundred tasks that were due how many were done on time; None where none was."""
        return round(100 * self.on_time / self.due) if self.due else None

    @property
    def dropped(self) -> int:
        return sum(task.state == "dropped" for task in self.tasks)


@dataclass
class Result:
    """The meetings of a period, and the work of each unit that is named in them."""

    meetings: Sequence[Meeting]
    units: dict[int, Unit]
    work: dict[int, Work]

    @property
    def whole(self) -> Work:
        """All forces together."""
        each = list(self.work.values())
        return Work(
            sum(one.came for one in each), sum(one.asked for one in each), [task for one in each for task in one.tasks]
        )


def result(period: Period) -> Result:
    """By the unit that stands for each today, so that a force keeps its record through a merger."""
    found = Result(held_between(period.communes, period.first, period.last), {}, {})
    for meeting in found.meetings:
        _count_attendance(found, meeting)
    for task in given_between(period.communes, period.first, period.last):
        _work_of(found, task.unit).tasks.append(task)
    return found


def _count_attendance(found: Result, meeting: Meeting) -> None:
    units = {one.unit_id: one.unit for one in meeting.invited if one.needed}
    for unit_id, unit in units.items():
        work = _work_of(found, unit)
        work.asked += 1
        work.came += unit_id in meeting.units_present


def _work_of(found: Result, unit: Unit) -> Work:
    heir = unit.heir or unit
    found.units[heir.id] = heir
    return found.work.setdefault(heir.id, Work())


def in_order(*results: Result) -> list[Unit]:
    """The units of some periods: whoever was asked for most often first."""
    units = {unit.id: unit for one in results for unit in one.units.values()}

    def asked(unit: Unit) -> tuple[list[int], str]:
        return [-one.work[unit.id].asked if unit.id in one.work else 0 for one in results], unit.name

    return sorted(units.values(), key=asked)


def called(period: Period) -> dict[int, str]:
    """What the forces were called at the end of a period, by the id of what stands for each today."""
    units = forces_on(period.communes[0], period.last)
    return {unit.heir_id: unit.title for unit in units if unit.heir_id is not None}


@dataclass(frozen=True)
class Compared:
    """What a room told of the period and of the same days a year before."""

    source: ReviewSource
    now: Reviewed
    before: Reviewed


def item_of(source: ReviewSource) -> str:
    """From which source an agenda has what a room tells: what all may read is one item, what some may is its own."""
    return f"{ALL_ROOMS}.{source.id}" if source.right else ALL_ROOMS


def compared(sources: Iterable[ReviewSource], period: Period) -> list[Compared]:
    before = period.year_before()
    return [Compared(one, one.tell(period), one.tell(before)) for one in sources]


def figures_beside(told: Iterable[Compared]) -> list[tuple[str, str, str]]:
    """Each figure with that of the year before, as an item of an agenda keeps them."""
    pairs = [pair for one in told for pair in zip(one.now.figures, one.before.figures, strict=True)]
    return [
        (str(now.label), _("%(now)s (a year before: %(before)s)", now=now.value, before=then.value), now.opens)
        for now, then in pairs
    ]


def work_in_words(period: Period) -> list[str]:
    """A line for each force that was asked to come or had something to do."""
    found, names = result(period), called(period)
    return [_line(names.get(unit.id, unit.title), found.work[unit.id]) for unit in in_order(found)]


def named_in_words(told: Iterable[Compared]) -> list[str]:
    """What is told by name."""
    return [f"{each.label}: {', '.join(each.names)}." for one in told for each in one.now.named]


def _line(unit: str, work: Work) -> str:
    told = {"unit": unit, "came": work.came, "asked": work.asked, "on_time": work.on_time, "due": work.due}
    text = _("%(unit)s: came to %(came)s of %(asked)s meetings; did %(on_time)s of %(due)s due tasks on time.", **told)
    return f"– {text}"
