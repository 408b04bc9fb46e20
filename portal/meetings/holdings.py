"""What of the meetings somebody holds: the chair, the minutes, and the tasks of the unit that they answer for."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.engine.db import db
from portal.engine.holdings import Held, Holding, Passing
from portal.engine.presentation import day
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.meetings.actions.scheduling import invite
from portal.meetings.models import ActionItem, Meeting
from portal.meetings.models.meeting import BEFORE
from portal.meetings.queries import chairs, secretaries
from portal.organisation.models import RoleGrant, User, line_of
from portal.organisation.queries import units_answered_for

ENDED = ("closed", "cancelled")
NUMBERED = mark("Meeting %(number)s of %(day)s")
TASK = mark("Task given on %(given)s, due on %(day)s")
NO_CHAIR = mark("%(name)s holds no office today in which one takes the chair.")
NO_SECRETARY = mark("%(name)s holds no office today in which one writes the minutes.")
BOTH = mark("Whoever takes the chair does not write the minutes as well.")
TOOK_PLACE = mark(
    "It has begun: whoever chaired it approves its minutes, or another who was there is named on its page."
)


def _of(column: Any) -> Callable[[User, int], Sequence[Held]]:
    def held(user: User, commune_id: int) -> Sequence[Held]:
        theirs = column == user.id, Meeting.commune_id.in_(line_of(commune_id))
        open_ = Meeting.state.not_in(ENDED), Meeting.voided_at.is_(None)
        found = db.session.scalars(select(Meeting).where(*theirs, *open_).order_by(Meeting.starts_at, Meeting.id))
        return [Held(one, NUMBERED, {"number": one.number, "day": day(one.day)}) for one in found]

    return held


def tasks(user: User, commune_id: int) -> Sequence[Held]:
    """The open tasks of the units for which somebody answers."""
    of_unit = ActionItem.unit_id.in_(units_answered_for(user, commune_id)), ActionItem.state == "open"
    found = select(ActionItem).where(*of_unit, ActionItem.voided_at.is_(None)).order_by(ActionItem.due_on)
    loaded = joinedload(ActionItem.meeting)
    return [
        Held(one, TASK, {"given": day(one.given_on), "day": day(one.due_on)})
        for one in db.session.scalars(found.options(loaded))
    ]


def _holds_one(grants: Sequence[RoleGrant], taker: User) -> bool:
    return any(one.user_id == taker.id for one in grants)


def against_chair(meeting: Meeting, taker: User | None) -> Reason | None:
    """Before it begins any head of a force may; afterwards the page of the meeting names who was there."""
    if meeting.state not in (*BEFORE, "postponed"):
        return Plain(TOOK_PLACE)
    if taker is None:
        return None
    if taker.id == meeting.secretary_id:
        return Plain(BOTH)
    return None if _holds_one(chairs(meeting.commune_id), taker) else Plain(NO_CHAIR, name=taker.full_name)


def against_secretary(meeting: Meeting, taker: User | None) -> Reason | None:
    if taker is None:
        return None
    if taker.id == meeting.chair_id:
        return Plain(BOTH)
    return None if _holds_one(secretaries(meeting.commune_id), taker) else Plain(NO_SECRETARY, name=taker.full_name)


def give_chair(meeting: Meeting, passing: Passing) -> None:
    """The successor takes the chair for their own unit."""
    grant = next(one for one in chairs(meeting.commune_id) if one.user_id == passing.taker.id)
    meeting.chair, meeting.chair_id = grant.user, grant.user_id
    meeting.chair_unit, meeting.chair_unit_id = grant.unit, grant.unit_id
    _invite(meeting, grant, needed=True)


def give_minutes(meeting: Meeting, passing: Passing) -> None:
    """The successor writes the minutes."""
    grant = next(one for one in secretaries(meeting.commune_id) if one.user_id == passing.taker.id)
    meeting.secretary, meeting.secretary_id = grant.user, grant.user_id
    _invite(meeting, grant, needed=False)


def _invite(meeting: Meeting, grant: RoleGrant, *, needed: bool) -> None:
    """Whoever leads or writes belongs to the meeting as long as people can be added to it."""
    if meeting.state in (*BEFORE, "held") and all(one.user_id != grant.user_id for one in meeting.invited):
        invite(meeting, grant.unit, grant.user, needed=needed)


HOLDINGS = (
    Holding(
        "meetings.chaired", _l("Meetings that they chair"), _of(Meeting.chair_id),
        _l("The successor takes the chair at once, of those that have not begun."), give_chair, against_chair,
        page="meetings.show",
    ),
    Holding(
        "meetings.written", _l("Meetings whose minutes they write"), _of(Meeting.secretary_id),
        _l("The successor writes the minutes from now on."), give_minutes, against_secretary, page="meetings.show",
    ),
    Holding(
        "meetings.tasks", _l("Open tasks of their unit"), tasks,
        _l("A task is the unit's: whoever answers for the unit next finds it on their page of today."),
        endpoint="meetings.tasks",
    ),
)  # fmt: skip
