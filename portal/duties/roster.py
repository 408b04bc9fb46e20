"""The roster: who is on call for a force now, and a month of it written in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.duties.models import DutyRoster
from portal.engine import clock
from portal.engine.access import Actor, may
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Refused
from portal.engine.text import mark
from portal.engine.voiding import take_out
from portal.law.days import last_of_month
from portal.organisation.models import Unit, User, line_of

USUAL_HOUR = 7  # at which a turn begins where nothing else was written


@dataclass(frozen=True)
class Turn:
    """One day as it was typed: who, and under which number."""

    user_id: int
    phone: str


def loaded() -> tuple[Any, ...]:
    """What a row of the roster shows. Asked late, once all rooms are there."""
    return joinedload(DutyRoster.user), joinedload(DutyRoster.unit)


def on_call(unit: Unit, at: datetime | date) -> DutyRoster | None:
    """Whoever is on call for a force at a moment; of a day, at its noon. None where nobody was written down."""
    moment = at if isinstance(at, datetime) else clock.moment(at, 12)
    day = clock.day_of(moment)
    turns = _between(unit, day - timedelta(days=1), day)
    return next((turn for turn in reversed(turns) if turn.covers(moment)), None)


def called(units: Iterable[Unit], at: datetime) -> list[DutyRoster]:
    """Who is on call at a moment, of each of some forces that wrote somebody down."""
    return [turn for unit in units if (turn := on_call(unit, at))]


def called_now(user: Actor, units: Iterable[Unit]) -> list[DutyRoster]:
    """Who is on call for some forces now, for the page of whoever may read the roster."""
    return [turn for turn in called(units, clock.now()) if may(user, "read", turn)]


def on_call_in(commune_id: int, at: datetime) -> list[DutyRoster]:
    """Who is on call now, of each force of the commune."""
    day = clock.day_of(at)
    units = select(Unit.id).where(Unit.commune_id.in_(line_of(commune_id)))
    near = DutyRoster.unit_id.in_(units), DutyRoster.on.between(day - timedelta(days=1), day)
    found = select(DutyRoster).where(*near, DutyRoster.voided_at.is_(None)).order_by(DutyRoster.on)
    covering = {turn.unit_id: turn for turn in db.session.scalars(found.options(*loaded())) if turn.covers(at)}
    return sorted(covering.values(), key=lambda turn: turn.unit.name)


def month_of(unit: Unit, first: date) -> dict[date, DutyRoster]:
    """The turns of a month by day."""
    return {turn.on: turn for turn in _between(unit, first, last_of_month(first))}


def _between(unit: Unit, first: date, last: date) -> Sequence[DutyRoster]:
    within = DutyRoster.unit_id.in_(line_of(unit.id)), DutyRoster.on.between(first, last)
    found = select(DutyRoster).where(*within, DutyRoster.voided_at.is_(None)).order_by(DutyRoster.on, DutyRoster.id)
    return db.session.scalars(found.options(joinedload(DutyRoster.user))).all()


def version_of(unit: Unit, first: date) -> int:
    """What a page of the month carries: it grows with whatever is written into the month, or struck out of it."""
    within = DutyRoster.unit_id.in_(line_of(unit.id)), DutyRoster.on.between(first, last_of_month(first))
    return (db.session.scalar(select(func.sum(DutyRoster.version)).where(*within)) or 0) + 1


def plan(
    unit: Unit, first: date, from_hour: int, wanted: Mapping[date, Turn], people: Mapping[int, User], version: int
) -> None:
    """Write a month down: a day that is left empty has nobody on call.

    Raises Conflict if somebody else wrote into the month meanwhile, Refused for who holds no role in the unit.
    """
    kept = month_of(unit, first)
    if version != version_of(unit, first):
        latest = max(kept.values(), key=lambda turn: turn.changed_at, default=None)
        raise Conflict(latest)
    for day, turn in wanted.items():
        if turn.user_id not in people:
            raise Refused(Misfit(f"who_{day.day}", mark("Please choose one of the list.")))
        _write(unit, day, from_hour, turn, kept.get(day))
    for day, gone in kept.items():
        if day not in wanted:
            take_out(gone, mark("nobody on call"))


def _write(unit: Unit, day: date, from_hour: int, turn: Turn, kept: DutyRoster | None) -> None:
    if kept is None:
        kept = DutyRoster(commune_id=unit.commune_id or unit.id, unit_id=unit.id, on=day, user_id=turn.user_id)
        db.session.add(kept)
    kept.user_id, kept.phone, kept.from_hour = turn.user_id, turn.phone, from_hour
    db.session.flush()
