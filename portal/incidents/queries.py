"""What is asked of observations more than once."""

from typing import Any

from sqlalchemy import ColumnElement, inspect, or_
from sqlalchemy.orm import joinedload

from portal.engine import clock
from portal.engine.access import Actor, find
from portal.engine.db import Record
from portal.incidents.models import Observation
from portal.organisation.models import Unit, UnitKind
from portal.organisation.queries import forces_on


def patrol_for(user: Actor, id: int) -> Record | None:
    """The patrol on which the user may note something down. Its room is a neighbour, known by name only."""
    kind: Any = inspect(Observation).relationships["patrol"].entity.class_
    found: Record | None = find(user, "observe", kind, id)
    return found


def police_of(commune_id: int) -> Unit | None:
    """The police of the commune, who look at whatever is noted down."""
    return next((unit for unit in forces_on(commune_id, clock.today()) if unit.kind == UnitKind.POLICE), None)


def loaded() -> tuple[Any, ...]:
    """What a row of the list shows."""
    names = Observation.village, Observation.handed_to, Observation.author
    return tuple(joinedload(one) for one in names)


def open_() -> ColumnElement[bool]:
    return or_(Observation.state == "received", Observation.state == "accepted")
