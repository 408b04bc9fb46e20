"""What the portal tells people about meetings: that they are invited, that the day moved, what waits for them."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.meetings.actions.scheduling import when_told
from portal.meetings.models import CHAIR, INVITED, LATE_ITEM, UNINVITED, ActionItem, Meeting
from portal.organisation.models import User
from portal.organisation.queries import answering


def invited(meeting: Meeting) -> Iterable[User]:
    return [one.user for one in meeting.invited if one.user]


def chair(meeting: Meeting) -> Iterable[User]:
    return (meeting.chair,)


def secretary(meeting: Meeting) -> Iterable[User]:
    return (meeting.secretary,)


def told(meeting: Meeting) -> Mapping[str, Any]:
    return when_told(meeting)


def answers_for(task: ActionItem) -> Iterable[User]:
    """Whoever answers for the unit that has to do it."""
    return answering(task.unit, task.commune_id)


def of_task(task: ActionItem) -> Mapping[str, Any]:
    return {"number": task.meeting.number, "day": task.due_on}


NOTICES = (
    NoticeKind(
        INVITED, _l("You are invited to %(number)s: %(when)s"), "meetings.show", _l("Invitations"), Meeting,
        ("convene",), invited, told,
    ),
    NoticeKind(
        UNINVITED, _l("Your invitation to %(number)s, %(when)s, was taken back"), "meetings.index",
        _l("Invitations taken back"),
    ),
    NoticeKind(
        CHAIR, _l("You take the chair of %(number)s, %(when)s"), "meetings.show", _l("Meetings whose chair you take"),
    ),
    NoticeKind(
        "MEETING-MOVED", _l("%(number)s was moved: %(when)s"), "meetings.show", _l("Meetings that were moved"), Meeting,
        ("move",), invited, told,
    ),
    NoticeKind(
        "MEETING-OFF", _l("%(number)s, %(when)s, does not take place"), "meetings.show",
        _l("Meetings that do not take place"), Meeting, ("postpone", "break_off", "cancel"), invited, told,
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
    NoticeKind(LATE_ITEM, _l("%(number)s: a late item waits for you to admit it"), "meetings.show", _l("Late items")),
)  # fmt: skip
