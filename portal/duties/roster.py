"""The roster: who is on call for a force now, and a month of it written in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from portal.duties.models import DutyRoster
from portal.engine import clock
from portal.engine.access import Actor, within
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Refused
from portal.engine.text import mark
from portal.engine.voiding import take_out
from portal.law.days import last_of_month
from portal.organisation.models import Unit, User, line_of
from portal.organisation.queries import is_of

USUAL_HOUR = 7  # at which a turn begins where nothing else was written


@dataclass(frozen=True)
class Turn:
    """One day as it was typed: who, and under which number."""

    user_id: int
    phone: str


def loaded() -> tuple[Any, ...]:
    """What a row of the roster shows. Asked late, once all rooms are there."""
    return joinedload(DutyRoster.user), joinedload(DutyRoster.unit)


def holding(at: datetime) -> ColumnElement[bool]:
    """The turns that hold at a moment: their first is within, their last is the next one's. Of two of a unit, as where
    the hour changes with the month, it is the one that began last.

    None is that of somebody who has no role in the force any more: on such a day nobody is on call.
    """
    local = at.astimezone(clock.VIETNAM)
    begun, later = _begun(DutyRoster, local), aliased(DutyRoster)
    since_yesterday = DutyRoster.on == local.date() - timedelta(days=1), DutyRoster.from_hour > local.hour
    relieved = exists().where(later.unit_id == DutyRoster.unit_id, _begun(later, local), later.voided_at.is_(None))
    relieved = relieved.correlate(DutyRoster)
    within = or_(begun, and_(*since_yesterday, not_(relieved)))
    return and_(DutyRoster.voided_at.is_(None), within, is_of(DutyRoster.user_id, DutyRoster.unit_id, local.date()))


def _begun(turn: type[DutyRoster], local: datetime) -> ColumnElement[bool]:
    """The turns of a day that have begun at an hour of it."""
    return and_(turn.on == local.date(), turn.from_hour <= local.hour)


def holds_turn(force_id: Any, user_id: int | None = None) -> ColumnElement[bool]:
    """Whether somebody, or this very user, is on call now for the force that a column names."""
    own, force = aliased(Unit), aliased(Unit)
    found = (
        select(DutyRoster.id)
        .join(own, own.id == DutyRoster.unit_id)
        .join(force, force.heir_id == own.heir_id)
        .where(force.id == force_id, holding(clock.now()))
    )
    if user_id is not None:
        found = found.where(DutyRoster.user_id == user_id)
    return found.correlate_except(DutyRoster, own, force).exists()


def on_call(unit: Unit, at: datetime | date) -> DutyRoster | None:
    """Whoever is on call for a force at a moment; of a day, at its noon. None where nobody was written down."""
    return next(iter(called([unit], at if isinstance(at, datetime) else clock.moment(at, 12))), None)


def called(units: Iterable[Unit], at: datetime) -> list[DutyRoster]:
    """Who is on call at a moment, of each of some forces that wrote somebody down."""
    return _of(units, _at(at))


def called_now(user: Actor, units: Iterable[Unit]) -> list[DutyRoster]:
    """Who is on call for some forces now, for the page of whoever may read the roster."""
    return _of(units, _at(clock.now()).where(within(user, "read", DutyRoster)))


def on_call_in(commune_id: int, at: datetime) -> list[DutyRoster]:
    """Who is on call now, of each force of the commune."""
    units = select(Unit.id).where(Unit.commune_id.in_(line_of(commune_id)))
    found = db.session.scalars(_at(at).where(DutyRoster.unit_id.in_(units)))
    return sorted(found, key=lambda turn: turn.unit.name)


def _at(moment: datetime) -> Select[Any]:
    with_names = joinedload(DutyRoster.user), contains_eager(DutyRoster.unit)
    return select(DutyRoster).join(DutyRoster.unit).where(holding(moment)).order_by(DutyRoster.id).options(*with_names)


def _of(units: Iterable[Unit], turns: Select[Any]) -> list[DutyRoster]:
    """Those of some forces, by whichever name they wrote them down, in the order in which the forces are named."""
    heirs = [unit.heir_id for unit in units]
    if not heirs:
        return []
    found = {turn.unit.heir_id: turn for turn in db.session.scalars(turns.where(Unit.heir_id.in_(heirs)))}
    return [found[heir] for heir in dict.fromkeys(heirs) if heir in found]


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
