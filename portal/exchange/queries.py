"""For which commune a workbook is."""

from sqlalchemy import select

from portal.engine.access import Actor
from portal.engine.db import db
from portal.organisation.models import Unit, UnitKind, line_of
from portal.organisation.queries import first_commune


def present_commune() -> Unit | None:
    """The first commune that was set up, or what became of it."""
    first = first_commune()
    return first.heir or first if first else None


def commune_coded(code: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.code == code, Unit.kind == UnitKind.COMMUNE))


def commune_of(reader: Actor) -> Unit:
    """The commune in which somebody acts, as it is called now."""
    unit = db.session.get_one(Unit, reader.acting.commune_id if reader.acting else None)
    return unit.heir or unit


def units_of(commune: Unit) -> list[Unit]:
    """Units that stand for themselves today, of which rows may speak."""
    found = select(Unit).where(Unit.commune_id.in_(line_of(commune.id)), Unit.valid_to.is_(None))
    return list(db.session.scalars(found.order_by(Unit.kind, Unit.code)))
