"""Whose records a figure of a commune takes in, and which of the records counted somebody may open."""

from typing import Any

from sqlalchemy import Select, select

from portal.engine.access import Actor, within
from portal.engine.db import db
from portal.engine.indicators import Indicator, Period
from portal.organisation.models import Unit, UnitKind
from portal.organisation.queries import first_commune


def taken_in(commune: Unit) -> tuple[int, ...]:
    """Ids of a commune and of all those that it took over, and that they took over."""
    found: list[int] = [commune.id]
    while more := db.session.scalars(
        select(Unit.id).where(Unit.successor_id.in_(found), Unit.id.not_in(found)).order_by(Unit.id)
    ).all():
        found += more
    return tuple(found)


def commune_of(reader: Actor) -> Unit:
    """The commune in which somebody acts, as it is called now."""
    acting = reader.acting
    unit = db.session.get_one(Unit, acting.commune_id if acting else None)
    return unit.heir or unit


def present_commune() -> Unit | None:
    """The first commune that was set up, or what became of it."""
    first = first_commune()
    return first.heir or first if first else None


def commune_named(code: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.code == code, Unit.kind == UnitKind.COMMUNE))


def commune_codes() -> list[str]:
    return list(db.session.scalars(select(Unit.code).where(Unit.kind == UnitKind.COMMUNE).order_by(Unit.id)))


def opened(indicator: Indicator, period: Period, reader: Actor) -> Select[Any]:
    """The records counted that the reader may open."""
    return indicator.records(period).where(within(reader, "read", indicator.record))
