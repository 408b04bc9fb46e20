"""What of the patrols somebody holds: the logs to which the force that they answer for has said nothing yet."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.engine.db import db
from portal.engine.holdings import Held, Holding
from portal.engine.text import _l, mark
from portal.organisation.models import User, line_of
from portal.organisation.queries import units_answered_for
from portal.patrols.models import Patrol

NUMBERED = mark("Log of patrol %(number)s")


def unsigned(user: User, commune_id: int) -> Sequence[Held]:
    """Logged patrols that wait for the word of a force for which somebody answers."""
    units = set(units_answered_for(user, commune_id))
    found = select(Patrol).where(
        Patrol.state == "logged", Patrol.voided_at.is_(None), Patrol.commune_id.in_(line_of(commune_id))
    )
    listed = db.session.scalars(found.options(selectinload(Patrol.forces)).order_by(Patrol.id)) if units else ()
    waiting = [patrol for patrol in listed if any(force.unit_id in units for force in patrol.awaited)]
    return [Held(patrol, NUMBERED, {"number": patrol.number}) for patrol in waiting]


HOLDINGS = (
    Holding(
        "patrols.unsigned", _l("Logs of patrols to sign"), unsigned,
        _l("A log waits for the force, not for a person: anybody of it who may sign signs."), page="patrols.show",
    ),
)  # fmt: skip
