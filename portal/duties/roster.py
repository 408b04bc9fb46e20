"""The roster: who is on call for a force now, and a month of it written in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from flask import g, has_request_context
from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload

from portal.duties.models import DutyRoster
from portal.engine import clock
from portal.engine.access import Actor, within
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Refused
from portal.engine.text import mark
from portal.engine.transaction import in_deed
from portal.engine.vietnamese import place_key
from portal.engine.voiding import take_out
from portal.law.days import last_of_month
from portal.organisation.models import FORCES, Unit, UnitKind, User, line_of
from portal.organisation.queries import is_of

TAKES_TURNS = (UnitKind.COMMUNE, *FORCES)  # an office without a committee writes those of the commune itself
USUAL_HOUR = 7  # at which a turn begins where nothing else was written


@dataclass(frozen=True)
class Turn:
    """One day as it was typed: who, and under which number."""

    user_id: int
    phone: str


def loaded() -> tuple[Any, ...]:
    """What a row of the roster shows. Asked late, once all rooms are there."""
    return joinedload(DutyRoster.user), joinedload(DutyRoster.unit)


@cache
def _held() -> Select[Any]:
    """The turns that hold at a moment, of some forces by their heirs. Every page asks it, so it is put together once.

    The first hour of a turn is within, its last is the next one's. Of two of a unit, as where the hour changes with the
    month, it is the one that began last. None is that of somebody who has no role in the force any more: on such a day
    nobody is on call.
    """
    day, before, hour = bindparam("day", type_=Date), bindparam("before", type_=Date), bindparam("hour", type_=Integer)
    later = aliased(DutyRoster)
    began, relieving = (and_(turn.on == day, turn.from_hour <= hour) for turn in (DutyRoster, later))
    relieved = exists().where(later.unit_id == DutyRoster.unit_id, relieving, later.voided_at.is_(None))
    since_yesterday = and_(DutyRoster.on == before, DutyRoster.from_hour > hour, not_(relieved.correlate(DutyRoster)))
    of_force = Unit.heir_id.in_(bindparam("heirs", expanding=True)), is_of(DutyRoster.user_id, DutyRoster.unit_id, day)
    with_names = joinedload(DutyRoster.user), contains_eager(DutyRoster.unit)
    found = select(DutyRoster).join(DutyRoster.unit).where(DutyRoster.voided_at.is_(None), *of_force)
    return found.where(or_(began, since_yesterday)).order_by(DutyRoster.id).options(*with_names)


def caller_now(force: Unit) -> int | None:
    """Who is on call for a force now, by the id of their account. Of each force a page asks but once."""
    known = _known()
    if force.heir_id not in known:
        turn = on_call(force, clock.now())
        known[force.heir_id] = turn.user_id if turn else None
    return known[force.heir_id]


def _known() -> dict[int | None, int | None]:
    """What the page has asked. Within a deed nothing is known: rights are asked again under its lock."""
    if not has_request_context() or in_deed():
        return {}
    known: dict[int | None, int | None] = g.setdefault("on_call_now", {})
    return known


def on_call(unit: Unit, at: datetime | date) -> DutyRoster | None:
    """Whoever is on call for a force at a moment; of a day, at its noon. None where nobody was written down."""
    return next(iter(called([unit], at if isinstance(at, datetime) else clock.moment(at, 12))), None)


def called(units: Iterable[Unit], at: datetime) -> list[DutyRoster]:
    """Who is on call at a moment, of each of some forces that wrote somebody down."""
    return _of(units, at, _held())


def called_now(user: Actor, units: Iterable[Unit]) -> list[DutyRoster]:
    """Who is on call for some forces now, for the page of whoever may read the roster."""
    return _of(units, clock.now(), _held().where(within(user, "read", DutyRoster)))


def on_call_in(commune_id: int, at: datetime) -> list[DutyRoster]:
    """Who is on call now, of each force of the commune; villages, of which there may be many, write no turns down."""
    asked = Unit.kind.in_(TAKES_TURNS), Unit.commune_id.in_(line_of(commune_id))
    units = db.session.scalars(select(Unit).where(*asked))
    return sorted(called(units, at), key=lambda turn: place_key(turn.unit.name))


def _of(units: Iterable[Unit], at: datetime, held: Select[Any]) -> list[DutyRoster]:
    """Those of some forces, by whichever name they wrote them down, in the order in which the forces are named."""
    heirs, local = [unit.heir_id for unit in units], at.astimezone(clock.VIETNAM)
    moment = {"day": local.date(), "before": local.date() - timedelta(days=1), "hour": local.hour}
    turns = db.session.scalars(held, {**moment, "heirs": heirs}) if heirs else ()
    found = {turn.unit.heir_id: turn for turn in turns}
    return [found[heir] for heir in dict.fromkeys(heirs) if heir in found]


def is_gone() -> ColumnElement[bool]:
    """The condition of turns whose person has no role in the force today or, of a turn to come, on its day."""
    today = clock.today()
    day = case((DutyRoster.on < today, literal(today, Date)), else_=DutyRoster.on)
    return not_(is_of(DutyRoster.user_id, DutyRoster.unit_id, day))


def gone_among(turns: Iterable[DutyRoster]) -> frozenset[int]:
    """Those of some turns whose person left, by id: one question for all."""
    ids = [turn.id for turn in turns]
    return frozenset(db.session.scalars(select(DutyRoster.id).where(DutyRoster.id.in_(ids), is_gone())) if ids else ())


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

    Raises Conflict if somebody else wrote into the month meanwhile, Refused for who holds no role in the unit; who has
    left since keeps the days that are over.
    """
    kept = month_of(unit, first)
    if version != version_of(unit, first):
        latest = max(kept.values(), key=lambda turn: turn.changed_at, default=None)
        raise Conflict(latest)
    for day, turn in wanted.items():
        if turn.user_id not in people and not _stood(day, turn, kept):
            raise Refused(Misfit(f"who_{day.day}", mark("Please choose one of the list.")))
        _write(unit, day, from_hour, turn, kept.get(day))
    for day, gone in kept.items():
        if day not in wanted:
            take_out(gone, mark("nobody on call"))


def _stood(day: date, turn: Turn, kept: Mapping[date, DutyRoster]) -> bool:
    return day < clock.today() and day in kept and kept[day].user_id == turn.user_id


def _write(unit: Unit, day: date, from_hour: int, turn: Turn, kept: DutyRoster | None) -> None:
    if kept is None:
        kept = DutyRoster(commune_id=unit.commune_id or unit.id, unit_id=unit.id, on=day, user_id=turn.user_id)
        db.session.add(kept)
    kept.user_id, kept.phone, kept.from_hour = turn.user_id, turn.phone, from_hour
    db.session.flush()
