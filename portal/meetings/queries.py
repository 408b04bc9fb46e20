"""What is asked of meetings more than once."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.engine import clock
from portal.engine.access import Actor, reach
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.meetings.models import (
    BEFORE,
    TOOK_PLACE,
    ActionItem,
    AgendaItem,
    Attendance,
    Meeting,
    MeetingKind,
    MeetingSeries,
)
from portal.organisation.models import Role, RoleGrant, Unit, line_of
from portal.organisation.queries import grants_of

CHAIRS = (Role.COMMUNE_LEADER, Role.POLICE_CHIEF, Role.MILITARY_COMMAND, Role.BORDER_GUARD)
SECRETARIES = (Role.OFFICE_CLERK, Role.COMMUNE_LEADER, Role.POLICE_OFFICER, *CHAIRS[1:])
WITHOUT_ANY = timedelta(days=30)  # that a first meeting looks back


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
    """The first day that a meeting looks back on: that after which the last one of its kind ended its own view."""
    last = last_held(kind, commune_id, day)
    return last.period_last + timedelta(days=1) if last else day - WITHOUT_ANY


def period_of(meeting: Meeting) -> Period:
    """The days on which a meeting looks back, as far as they have come, of the commune and those it took over."""
    communes = tuple(db.session.scalars(line_of(meeting.commune_id)))
    return Period(meeting.period_first, min(meeting.period_last, clock.today()), communes)


def loaded() -> tuple[Any, ...]:
    """What the page of a meeting shows."""
    return (
        joinedload(Meeting.chair), joinedload(Meeting.secretary), joinedload(Meeting.chair_unit),
        selectinload(Meeting.attendances).options(
            joinedload(Attendance.unit), joinedload(Attendance.user), selectinload(Attendance.at_items)
        ),
        selectinload(Meeting.items).options(
            joinedload(AgendaItem.unit), selectinload(AgendaItem.figures),
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
    return Meeting.state.in_((*BEFORE, "held"))


def waits_for_minutes() -> ColumnElement[bool]:
    return Meeting.state.in_(("held", "minutes_drafted", "minutes_approved"))


def open_tasks(communes: Collection[int], until: date | None = None) -> Sequence[ActionItem]:
    """Tasks that are open or, told as of a day, were: the oldest first."""
    asked = select(ActionItem).where(ActionItem.commune_id.in_(communes), ActionItem.voided_at.is_(None))
    if until is None:
        asked = asked.where(ActionItem.state == "open")
    else:
        still = or_(ActionItem.state == "open", ActionItem.ended_on > until)
        asked = asked.join(ActionItem.meeting).where(still, Meeting.held_on <= until)
    return db.session.scalars(asked.options(*task_loaded()).order_by(ActionItem.due_on, ActionItem.id)).unique().all()


def ended_tasks(communes: Collection[int], first: date, last: date) -> Sequence[ActionItem]:
    """Tasks that were done or dropped within some days, both included."""
    asked = select(ActionItem).where(
        ActionItem.commune_id.in_(communes), ActionItem.voided_at.is_(None), ActionItem.ended_on.between(first, last)
    )
    return db.session.scalars(asked.options(*task_loaded()).order_by(ActionItem.ended_on, ActionItem.id)).unique().all()


def task_loaded() -> tuple[Any, ...]:
    return joinedload(ActionItem.unit), joinedload(ActionItem.meeting), joinedload(ActionItem.item)


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


def unit_of_kind(commune_id: int, kind: Any, day: date) -> Unit | None:
    """The unit of a kind that the commune's line had on a day."""
    asked = select(Unit).where(
        Unit.kind == kind, Unit.commune_id.in_(line_of(commune_id)), Unit.valid_from <= day,
        or_(Unit.valid_to.is_(None), Unit.valid_to >= day),
    )  # fmt: skip
    return db.session.scalars(asked.order_by(Unit.id)).first()


def scheduled_of(series: MeetingSeries) -> Sequence[Meeting]:
    """The meetings of a series that were entered, whatever became of them."""
    asked = select(Meeting).where(Meeting.series_id == series.id, Meeting.voided_at.is_(None))
    return db.session.scalars(asked.order_by(Meeting.starts_at)).all()
