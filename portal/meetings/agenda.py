"""What meetings themselves bring to the next one: the last minutes, and the conclusions that are still open."""

from collections.abc import Iterator
from typing import cast

from sqlalchemy import select

from portal.engine.agenda import AgendaSource, Contribution, Hearing, Told
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.presentation import day
from portal.engine.text import _, _l, mark, ngettext
from portal.meetings.models import LAST_MINUTES, ActionItem, Meeting
from portal.meetings.models.task import carried_in_words
from portal.meetings.queries import ended_tasks, has_ended, open_tasks

UNAPPROVED = ("held", "minutes_drafted")


def last_minutes(period: Period) -> Iterator[Contribution]:
    """The minutes of the last meeting that ended come first, approved or not; before them all others that wait."""
    asked = select(Meeting).where(Meeting.commune_id.in_(period.communes), has_ended(), Meeting.voided_at.is_(None))
    last = asked.order_by(Meeting.held_on.desc(), Meeting.id.desc()).limit(1)
    waiting = asked.where(Meeting.state.in_(UNAPPROVED)).order_by(Meeting.held_on, Meeting.id)
    for meeting in dict.fromkeys((*db.session.scalars(waiting), *db.session.scalars(last))):
        waits = meeting.state in UNAPPROVED
        yield Contribution(
            mark("Minutes of %(number)s, %(day)s"),
            _("To be approved before anything else.") if waits else _("Approved; corrections are asked for."),
            subject=meeting,
            values={"number": meeting.number, "day": day(meeting.held_on)},
        )


def open_conclusions(period: Hearing) -> Iterator[Contribution]:
    """Every task that is open, the oldest first, with how often it has waited: the meeting that hears it counts."""
    heard_by = cast("Meeting", period.heard_by)
    still, ended = open_tasks(period.communes), ended_tasks(period.communes, period.first, period.last)
    late = [task for task in still if task.late]
    figures = (
        Told(_("done since the last meeting"), sum(task.state == "done" for task in ended), "meetings.tasks"),
        Told(_("still open"), len(still), "meetings.tasks"),
        Told(_("past their day"), len(late), "meetings.tasks"),
    )
    yield Contribution(mark("Tasks from earlier meetings"), "\n".join(_line(task, heard_by) for task in still), figures)


def _line(task: ActionItem, heard_by: Meeting) -> str:
    """A task as all may read it: of one that a restricted item gave, no more than that there is one."""
    what = _("a task of a restricted item") if task.restricted else task.text.rstrip(".")
    told = _("%(unit)s: %(what)s, due %(day)s", unit=task.unit.title, what=what, day=day(task.due_on))
    times = waited(task, heard_by)
    return f"– {told} ({times})" if times else f"– {told}"


def waited(task: ActionItem, meeting: Meeting | None = None) -> str:
    """How often it was carried over; nothing where it never was. On the page and agenda of a meeting that counts too
    that one is counted, and it says so: before it begins lists have one less."""
    if meeting is None or not (task.will_wait(meeting) or task.waited_at(meeting)):
        return carried_in_words(task.carried)
    times = task.carried + task.will_wait(meeting)
    return str(
        ngettext("carried over once, this meeting counted", "carried over %(num)s times, this meeting counted", times)
    )


AGENDA = (
    AgendaSource(LAST_MINUTES, _l("Minutes of the last meeting"), "chair", 10, last_minutes),
    AgendaSource("meetings.tasks", _l("Tasks from earlier meetings"), "chair", 20, open_conclusions),
)
