"""What the portal tells people about meetings: that they are invited, that the day moved, what waits for them."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.engine import clock
from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.engine.workflow import steps_of
from portal.meetings.models import ActionItem, AgendaItem, Attendance, Meeting
from portal.meetings.workflow import CALLED_OFF
from portal.organisation.models import User
from portal.organisation.queries import answering


def meeting_of(record: Any) -> Meeting:
    """The meeting itself, or that to which an invitation or an item belongs."""
    return record if isinstance(record, Meeting) else record.meeting


def invited(meeting: Meeting) -> Iterable[User]:
    return [one.user for one in meeting.invited if one.user]


def asked(record: Meeting | Attendance) -> Iterable[User]:
    """All who are on the list once the invitations go out; whoever is put on it later, at once."""
    if meeting_of(record).state != "convened":
        return ()
    return invited(record) if isinstance(record, Meeting) else guest(record)


def guest(attendance: Attendance) -> Iterable[User]:
    return (attendance.user,) if attendance.user else ()


def no_longer_asked(attendance: Attendance) -> Iterable[User]:
    return guest(attendance) if attendance.meeting.state == "convened" else ()


def who_was_told(meeting: Meeting) -> Iterable[User]:
    """Whoever had an invitation to the day that was planned last: nobody is called off who was never called, and
    nobody twice from one day."""
    names = [step.name for step in steps_of(meeting)]
    planned_anew = max((place for place, name in enumerate(names) if name == "reschedule"), default=-1)
    since = names[planned_anew + 1 :]
    called_off = sum(name in CALLED_OFF for name in since)  # the step that is told now is one of them
    return invited(meeting) if "convene" in since and called_off == 1 else ()


def chair(meeting: Meeting) -> Iterable[User]:
    return (meeting.chair,)


def secretary(meeting: Meeting) -> Iterable[User]:
    return (meeting.secretary,)


def who_admits(item: AgendaItem) -> Iterable[User]:
    return chair(item.meeting) if item.waits else ()


def told(record: Any) -> Mapping[str, Any]:
    """Number, hour and day of a meeting."""
    meeting = meeting_of(record)
    return {"number": meeting.number, "when": f"{meeting.starts_at.astimezone(clock.VIETNAM):%H:%M, %d/%m/%Y}"}


def answers_for(task: ActionItem) -> Iterable[User]:
    """Whoever answers for the unit that has to do it."""
    return answering(task.unit, task.commune_id)


def of_task(task: ActionItem) -> Mapping[str, Any]:
    return {"number": task.given_by.number, "day": task.due_on}


NOTICES = (
    NoticeKind(
        "MEETING-INVITED", _l("You are invited to %(number)s: %(when)s"), "meetings.show", _l("Invitations"),
        (Meeting, Attendance), ("convene", "create"), asked, told, meeting_of,
    ),
    NoticeKind(
        "MEETING-UNINVITED", _l("Your invitation to %(number)s, %(when)s, was taken back"), "meetings.index",
        _l("Invitations taken back"), Attendance, ("void",), no_longer_asked, told, meeting_of,
    ),
    NoticeKind(
        "MEETING-CHAIR", _l("You take the chair of %(number)s, %(when)s"), "meetings.show",
        _l("Meetings whose chair you take"), Meeting, ("take_chair",), chair, told,
    ),
    NoticeKind(
        "MEETING-MOVED", _l("%(number)s was moved: %(when)s"), "meetings.show", _l("Meetings that were moved"), Meeting,
        ("move",), invited, told,
    ),
    NoticeKind(
        "MEETING-AGENDA", _l("The agenda of %(number)s, %(when)s, was changed"), "meetings.show",
        _l("Changed agendas"), Meeting, ("change_agenda",), asked, told,
    ),
    NoticeKind(
        "MEETING-OFF", _l("%(number)s, %(when)s, does not take place"), "meetings.show",
        _l("Meetings that do not take place"), Meeting, CALLED_OFF, who_was_told, told,
    ),
    NoticeKind(
        "MEETING-MINUTES", _l("The minutes of %(number)s wait for you"), "meetings.show",
        _l("Minutes that wait for you"), Meeting, ("draft_minutes",), chair, told, waits=True,
    ),
    NoticeKind(
        "MEETING-RETURNED", _l("The minutes of %(number)s came back"), "meetings.show", _l("Returned minutes"), Meeting,
        ("return_minutes",), secretary, told, waits=True,
    ),
    NoticeKind(
        "MEETING-TASK", _l("%(number)s gave your unit a task, due %(day)s"), "meetings.task", _l("New tasks"),
        ActionItem, ("create",), answers_for, of_task,
    ),
    NoticeKind(
        "MEETING-LATE-ITEM", _l("%(number)s: a late item waits for you to admit it"), "meetings.item",
        _l("Late items"), AgendaItem, ("create",), who_admits, told, waits=True,
    ),
)  # fmt: skip
