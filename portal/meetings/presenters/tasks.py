"""Tasks as rows of a margin list: until when, what, whose, how often they waited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import url_for

from portal.engine import clock
from portal.engine.listing import Listing
from portal.engine.presentation import day, day_in_margin
from portal.engine.text import _, ngettext
from portal.engine.workflow import Offer
from portal.meetings.agenda import waited
from portal.meetings.models import ActionItem, Meeting

SOON = 7  # days before its day from which a task is told as due soon


@dataclass(frozen=True)
class TaskRow:
    """One task: *state* and *sub* stand at the right."""

    day: str
    shape: str
    title: str
    url: str
    text: str
    state: str
    sub: str


@dataclass(frozen=True)
class UnitTasks:
    """The tasks of a unit that stand on a page; *count*: how many it has on all pages."""

    id: int
    title: str
    count: int
    rows: Sequence[TaskRow]


def by_unit(listing: Listing) -> list[UnitTasks]:
    """A page of tasks, in the order of `queries.by_unit`, under the units that do them."""
    counts = listing.count_by(ActionItem.unit_id)
    grouped = [(unit, list(tasks)) for unit, tasks in groupby(listing.rows, key=lambda task: task.unit)]
    return [UnitTasks(unit.id, unit.title, counts[unit.id], rows(tasks)) for unit, tasks in grouped]


def rows(tasks: Iterable[ActionItem], meeting: Meeting | None = None) -> list[TaskRow]:
    """*meeting*: the one on whose page they stand."""
    return [row(task, meeting) for task in tasks]


def row(task: ActionItem, meeting: Meeting | None = None) -> TaskRow:
    given = _("%(unit)s, given on %(day)s", unit=task.unit.title, day=day(task.given_on))
    shape, state = _standing(task, clock.today())
    sub = waited(task, meeting)
    url = url_for("meetings.task", id=task.id)
    return TaskRow(day_in_margin(task.due_on), shape, task.text, url, given, state, sub[:1].upper() + sub[1:])


def leading(offers: Iterable[Offer]) -> Offer | None:
    """That a task is done is what its unit comes to say."""
    return next((one for one in offers if one.open and one.transition.name == "finish"), None)


def _standing(task: ActionItem, today: date) -> tuple[str, str]:
    """The shape and the words: how far it is from its day, or what became of it."""
    left = (task.due_on - today).days
    if task.state != "open":
        ended = day(task.ended_on)
        return task.standing.shape, _("%(state)s, %(day)s", state=str(task.standing.label), day=ended)
    if left < 0:
        return "overdue", str(ngettext("Overdue by %(num)s day", "Overdue by %(num)s days", -left))
    if left <= SOON:
        return "soon", str(ngettext("%(num)s day left", "%(num)s days left", left)) if left else _("today")
    return "active", str(task.standing.label)
