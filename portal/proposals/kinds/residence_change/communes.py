"""The other communes that work with this portal, and what is written down of a move that leads to none of them."""

from collections.abc import Iterator

from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Misfit
from portal.engine.text import mark
from portal.organisation.models import Unit, UnitKind, line_of
from portal.proposals.kinds.residence_change.places import names

AT_HOME = mark(
    "That is this commune: nobody moves away to it, and no file leaves. If the person only lives elsewhere in the "
    "commune, propose a change of residence within it."
)


def other_communes(commune: Unit) -> list[Unit]:
    """Those that exist today, by name, without the one whose line is asked."""
    found = select(Unit).where(Unit.kind == UnitKind.COMMUNE, Unit.voided_at.is_(None)).order_by(Unit.name)
    heir = commune.heir_id or commune.id
    today = clock.today()
    return [one for one in db.session.scalars(found) if one.valid_on(today) and (one.heir_id or one.id) != heir]


def at_home(commune: Unit, moves_to: str) -> Iterator[Misfit]:
    """Why a move beyond the commune does not lead to a place: it is the commune itself, by any name of its line."""
    line = db.session.scalars(select(Unit).where(Unit.id.in_(line_of(commune.id))))
    if any(names(unit, moves_to) for unit in line):
        yield Misfit("moves_to", AT_HOME)
