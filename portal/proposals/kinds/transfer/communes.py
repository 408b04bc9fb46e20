"""The other communes that work with this portal."""

from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db
from portal.organisation.models import Unit, UnitKind


def other_communes(commune: Unit) -> list[Unit]:
    """Those that exist today, by name, without the one whose line is asked."""
    found = select(Unit).where(Unit.kind == UnitKind.COMMUNE, Unit.voided_at.is_(None)).order_by(Unit.name)
    heir = commune.heir_id or commune.id
    today = clock.today()
    return [one for one in db.session.scalars(found) if one.valid_on(today) and (one.heir_id or one.id) != heir]
