"""What is asked of observations more than once."""

from typing import Any

from sqlalchemy import ColumnElement, inspect, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.engine import clock
from portal.engine.access import Actor, find
from portal.engine.db import Record
from portal.incidents.models import HandOver, Observation
from portal.organisation.models import SIGNING, Unit, UnitKind, User
from portal.organisation.queries import forces_on


def patrol_for(user: Actor, id: int) -> Record | None:
    """The patrol on which the user may note something down. Its room is a neighbour, known by name only."""
    kind: Any = inspect(Observation).relationships["patrol"].entity.class_
    found: Record | None = find(user, "observe", kind, id)
    return found


def own_villages(user: User) -> list[Unit]:
    """The villages in which somebody reports to the police: those of the role in which they act."""
    return [grant.unit for grant in user.grants_today]


def police_of(commune_id: int) -> Unit | None:
    """The police of the commune, who look at whatever is noted down."""
    return next((unit for unit in forces_on(commune_id, clock.today()) if unit.kind == UnitKind.POLICE), None)


def others_that_sign(commune_id: int, own: Unit) -> list[Unit]:
    """The forces of today to which somebody may hand something over: not their own."""
    forces = forces_on(commune_id, clock.today())
    return [unit for unit in forces if unit.kind in SIGNING and unit.heir_id != own.heir_id]


def loaded() -> tuple[Any, ...]:
    """What a row of the list shows."""
    names = Observation.village, Observation.handed_to, Observation.author
    return *(joinedload(one) for one in names), selectinload(Observation.hand_overs)


def confirmed() -> ColumnElement[bool]:
    """Observations that the force to which they were handed has."""
    came = select(HandOver.id).where(HandOver.observation_id == Observation.id, HandOver.receipt_at.is_not(None))
    return came.exists()


def open_() -> ColumnElement[bool]:
    return or_(Observation.state == "received", Observation.state == "accepted")
