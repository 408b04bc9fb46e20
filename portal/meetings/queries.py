"""What is asked of meetings more than once."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.engine import clock
from portal.engine.access import Actor, reach
from portal.engine.agenda import Hearing
from portal.engine.db import db
from portal.meetings.models import (
    BEFORE,
    REVIEWS,
    TOOK_PLACE,
    ActionItem,
    AgendaItem,
    Attendance,
    Meeting,
    MeetingKind,
    MeetingSeries,
)
from portal.organisation.models import SIGNING, Role, RoleGrant, Unit, line_of
from portal.organisation.queries import forces_on, grants_of, villages

CHAIRS = (Role.COMMUNE_LEADER, Role.POLICE_CHIEF, Role.MILITARY_COMMAND, Role.BORDER_GUARD)
SECRETARIES = (Role.OFFICE_CLERK, Role.COMMUNE_LEADER, Role.POLICE_OFFICER, *CHAIRS[1:])
A_MONTH = timedelta(days=30)  # that a first meeting looks back
WITHOUT_ANY = {MeetingKind.INTERIM_REVIEW: timedelta(days=182), MeetingKind.ANNUAL_REVIEW: timedelta(days=365)}


def chairs(commune_id: int) -> list[RoleGrant]:
    """Who may take the chair: the heads of the committee and of the forces, and their deputies."""
    return [grant for role in CHAIRS for grant in grants_of(role, commune_id)]


def secretaries(commune_id: int) -> list[RoleGrant]:
    return [grant for role in SECRETARIES for grant in grants_of(role, commune_id)]


def last_held(kind: MeetingKind, commune_id: int, before: date) -> Meeting | None:
    """The meeting of a kind that was held last before a day."""
    asked = select(Meeting).where(
        Meeting.commune_id.in_(line_of(commune_id)), Meeting.kind == kind, Meeting.state.in_(TOOK_PLACE),
        Meeting.held_on < before, Meeting.voided_at.is_(None),
    )  # fmt: skip
    return db.session.scalars(asked.order_by(Meeting.held_on.desc(), Meeting.id.desc()).limit(1)).first()


def looks_back_from(kind: MeetingKind, commune_id: int, day: date) -> date:
    """The first day that a meeting looks back on: that after which the last one of its kind ended its own view.

    A half-year review goes on from the annual one too; the first annual one takes in the year.
    """
    kinds = REVIEWS if kind == MeetingKind.INTERIM_REVIEW else (kind,)
    held = [one for one in (last_held(each, commune_id, day) for each in kinds) if one]
    if held:
        return max(one.period_last for one in held) + timedelta(days=1)
    return day - WITHOUT_ANY.get(kind, A_MONTH)


def heard_by(meeting: Meeting) -> Hearing:
    """The days on which a meeting looks back, of the commune and those it took over."""
    return Hearing(meeting.period_first, meeting.period_last, line_ids(meeting.commune_id), meeting)


def loaded() -> tuple[Any, ...]:
    """What the page of a meeting shows."""
    return (
        joinedload(Meeting.chair), joinedload(Meeting.secretary), joinedload(Meeting.chair_unit),
        selectinload(Meeting.attendances).options(
            joinedload(Attendance.unit), joinedload(Attendance.user), selectinload(Attendance.at_items)
        ),
        selectinload(Meeting.items).options(
            joinedload(AgendaItem.unit), selectinload(AgendaItem.figures), selectinload(AgendaItem.earlier),
            selectinload(AgendaItem.tasks).joinedload(ActionItem.unit),
        ),
    )  # fmt: skip


def load(meeting: Meeting) -> Meeting:
    """Read what its page shows in a fixed number of questions."""
    asked = select(Meeting).where(Meeting.id == meeting.id).options(*loaded())
    return db.session.scalars(asked.execution_options(populate_existing=True)).unique().one()


def readable_items(user: Actor, meeting: Meeting) -> set[int]:
    """The items of a meeting whose content the reader may know; of the others they learn that there are some."""
    return set(db.session.scalars(reach(user, "read", AgendaItem).where(AgendaItem.meeting_id == meeting.id)
                                  .with_only_columns(AgendaItem.id)))  # fmt: skip


def upcoming() -> ColumnElement[bool]:
    return Meeting.state.in_(BEFORE)


def waits_for_minutes() -> ColumnElement[bool]:
    return Meeting.state.in_(("held", "minutes_drafted", "minutes_approved"))


def has_ended() -> ColumnElement[bool]:
    """Meetings that took place and are over: one in session has no minutes yet."""
    return and_(Meeting.state.in_(TOOK_PLACE), Meeting.ended_at.is_not(None))


def open_tasks(communes: Collection[int]) -> Sequence[ActionItem]:
    """Tasks that are open, the oldest first."""
    asked = select(ActionItem).where(
        ActionItem.commune_id.in_(communes), ActionItem.voided_at.is_(None), ActionItem.state == "open"
    )
    return db.session.scalars(asked.options(*task_loaded()).order_by(ActionItem.due_on, ActionItem.id)).unique().all()


def ended_tasks(communes: Collection[int], first: date, last: date) -> Sequence[ActionItem]:
    """Tasks that were done or dropped within some days, both included."""
    asked = select(ActionItem).where(
        ActionItem.commune_id.in_(communes), ActionItem.voided_at.is_(None), ActionItem.ended_on.between(first, last)
    )
    return db.session.scalars(asked.options(*task_loaded()).order_by(ActionItem.ended_on, ActionItem.id)).unique().all()


def task_loaded() -> tuple[Any, ...]:
    return (
        joinedload(ActionItem.unit), joinedload(ActionItem.meeting), joinedload(ActionItem.item),
        joinedload(ActionItem.report), selectinload(ActionItem.carryings),
    )  # fmt: skip


def late_tasks() -> ColumnElement[bool]:
    return and_(ActionItem.state == "open", ActionItem.due_on < clock.today())


def held_between(communes: Collection[int], first: date, last: date) -> Sequence[Meeting]:
    """Meetings of any kind that took place within some days, both included."""
    asked = select(Meeting).where(
        Meeting.commune_id.in_(communes), Meeting.state.in_(TOOK_PLACE), Meeting.voided_at.is_(None),
        Meeting.held_on.between(first, last),
    )  # fmt: skip
    options = (selectinload(Meeting.attendances).joinedload(Attendance.unit),)
    return db.session.scalars(asked.options(*options).order_by(Meeting.held_on, Meeting.id)).unique().all()


def entered_of(series: MeetingSeries) -> dict[date, Meeting]:
    """The meetings of a series by their days by the rule, on whichever day they stand now.

    One that was cancelled is told where no other was entered in its place.
    """
    asked = select(Meeting).where(Meeting.series_id == series.id, Meeting.voided_at.is_(None))
    found = db.session.scalars(asked.order_by(Meeting.state != "cancelled", Meeting.id))
    return {one.by_rule_on: one for one in found if one.by_rule_on}


def series_of(kind: MeetingKind, commune_id: int) -> Sequence[MeetingSeries]:
    """The series by which the commune's line meets for something."""
    asked = select(MeetingSeries).where(
        MeetingSeries.commune_id.in_(line_of(commune_id)), MeetingSeries.kind == kind, MeetingSeries.voided_at.is_(None)
    )
    return db.session.scalars(asked.options(selectinload(MeetingSeries.exceptions)).order_by(MeetingSeries.id)).all()


def local(moment: datetime) -> datetime:
    """A moment as the clocks here show it."""
    return moment.astimezone(clock.VIETNAM)


def usual_place(commune_id: int) -> str:
    """Where the commune met last."""
    asked = select(Meeting.place).where(Meeting.commune_id.in_(line_of(commune_id))).order_by(Meeting.id.desc())
    return db.session.scalar(asked.limit(1)) or ""


def colleagues(commune_id: int) -> list[RoleGrant]:
    """Whoever may be invited by their account: all who hold a role that hears meetings."""
    roles = dict.fromkeys((*SECRETARIES, Role.VILLAGE_HEAD))
    return [grant for role in roles for grant in grants_of(role, commune_id)]


def units_for_tasks(commune_id: int) -> list[Unit]:
    """Units that may be told to do something: the forces and bodies of the commune, then its villages."""
    return [*forces_on(commune_id, clock.today()), *villages(commune_id)]


def of_unit(user: Actor) -> ColumnElement[bool]:
    """Open tasks of the units for which somebody acts."""
    return and_(
        ActionItem.state == "open",
        or_(false(), *(ActionItem.unit_id.in_(line_of(grant.unit_id)) for grant in user.grants_today)),
    )


def by_day() -> tuple[Any, ...]:
    """What is past its day first, then what comes next; at last what ended, the latest first."""
    return ActionItem.state != "open", ActionItem.ended_on.desc(), ActionItem.due_on


def by_unit() -> tuple[Any, ...]:
    return Unit.name, ActionItem.unit_id, ActionItem.due_on


def line_ids(commune_id: int) -> tuple[int, ...]:
    """The commune and those that it took over, as ids."""
    return tuple(db.session.scalars(line_of(commune_id)))


def units_that_call(commune_id: int) -> list[Unit]:
    """Units in whose name a meeting can be called today."""
    return [unit for unit in forces_on(commune_id, clock.today()) if unit.kind in SIGNING]


def given_between(communes: Collection[int], first: date, last: date) -> Sequence[ActionItem]:
    """Tasks that meetings of some days gave, both days included."""
    asked = (
        select(ActionItem)
        .join(ActionItem.meeting)
        .where(ActionItem.commune_id.in_(communes), ActionItem.voided_at.is_(None))
        .where(Meeting.held_on.between(first, last))
    )
    return db.session.scalars(asked.options(*task_loaded()).order_by(ActionItem.id)).unique().all()


def series_for(commune_id: int, id: int | None) -> MeetingSeries | None:
    """A series of the commune by its id."""
    asked = select(MeetingSeries).where(MeetingSeries.commune_id.in_(line_of(commune_id)), MeetingSeries.id == id)
    return db.session.scalar(asked) if id else None
