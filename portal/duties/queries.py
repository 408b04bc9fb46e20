"""What is asked of duties more than once."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import selectinload

from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.access import Actor, reach, within
from portal.engine.db import db


def still_open() -> ColumnElement[bool]:
    return and_(Duty.done_on.is_(None), Duty.dropped_on.is_(None), Duty.voided_at.is_(None))


def loaded() -> tuple[Any, ...]:
    """What a row of duties shows. Asked late: the case is a relationship by name."""
    return selectinload(Duty.case), selectinload(Duty.owner)


def open_until(user: Actor, last: date) -> list[Duty]:
    """The user's open duties due by a day, that day included, and those that can be done already, soonest first."""
    near = or_(Duty.due_on <= last, Duty.opens_on <= clock.today())
    found = reach(user, "read", Duty).where(still_open(), near).options(*loaded())
    return list(db.session.scalars(found.order_by(Duty.due_on, Duty.id)).unique())


def first_after(user: Actor, last: Any) -> Duty | None:
    """The user's next open duty after a day."""
    found = reach(user, "read", Duty).where(still_open(), Duty.due_on > last).options(*loaded())
    return db.session.scalars(found.order_by(Duty.due_on, Duty.id).limit(1)).unique().first()


def pressing(user: Actor) -> tuple[int, bool]:
    """How many duties are due by today, and whether one is past its day. Rights do not press."""
    today = clock.today()
    due = or_(Duty.due_on <= today, Duty.alert_on <= today)
    mine = and_(within(user, "read", Duty), still_open(), Duty.is_right.is_(False), due)
    count, first = db.session.execute(select(func.count(), func.min(Duty.due_on)).where(mine)).one()
    return int(count), bool(count) and first < clock.today()
