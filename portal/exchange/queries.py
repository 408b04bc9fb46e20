"""Of which units a workbook speaks."""

from sqlalchemy import select

from portal.engine.db import db
from portal.organisation.models import Unit, line_of


def units_of(commune: Unit) -> list[Unit]:
    """Units that stand for themselves today, of which rows may speak."""
    found = select(Unit).where(Unit.commune_id.in_(line_of(commune.id)), Unit.valid_to.is_(None))
    return list(db.session.scalars(found.order_by(Unit.kind, Unit.code)))
