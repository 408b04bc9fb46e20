"""What is asked of observations more than once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.orm import joinedload, selectinload

from portal.engine import clock
from portal.engine.access import Actor, find, reach
from portal.engine.db import Record, db
from portal.engine.vietnamese import fold
from portal.incidents.models import HandOver, Incident, IncidentPerson, Observation
from portal.incidents.workflow import OPEN
from portal.organisation.models import SIGNING, Role, Unit, User
from portal.organisation.queries import forces_on, holders, police_on

LISTED_FOR = timedelta(days=365)  # how long an incident is offered to be named
MOST_OFFERED = 200
MOST_NAMED = 2000  # incidents that one search finds by a name
OPENING = (Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.VILLAGE_HEAD, Role.OFFICE_CLERK, Role.MILITARY_COMMAND)


def named(reader: Actor, words: str) -> ColumnElement[bool]:
    """Incidents in which somebody stands whose name the reader may read and holds folded words. The names are compared
    here, since a database does not know that Đ is a D with a stroke."""
    people = reach(reader, "read", IncidentPerson).where(IncidentPerson.voided_at.is_(None))
    rows = db.session.execute(people.with_only_columns(IncidentPerson.incident_id, IncidentPerson.full_name))
    found = dict.fromkeys(incident_id for incident_id, name in rows if words in fold(name))
    return Incident.id.in_(list(found)[:MOST_NAMED])


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
    return police_on(commune_id, clock.today())


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
    return Observation.state.in_(OPEN)


def incidents_to_name(user: Actor, near: Observation | None = None) -> list[Incident]:
    """Incidents of the last year that the user may change, the latest first; those of the observation's village and
    days before all others."""
    since = clock.today() - LISTED_FOR
    found = (
        reach(user, "edit", Incident)
        .where(Incident.day >= since)
        .order_by(Incident.day.desc(), Incident.id.desc())
        .limit(MOST_OFFERED)
    )
    incidents = list(db.session.scalars(found))
    return sorted(incidents, key=lambda one: _far(one, near)) if near else incidents


def _far(incident: Incident, observation: Observation) -> tuple[bool, int]:
    return incident.village_id != observation.village_id, abs((incident.day - observation.happened_on).days)


def colleagues_of(user: User) -> list[User]:
    """Whoever of the commune may be there when a tip box is opened, by name."""
    commune_id = user.acting.commune_id if user.acting else 0
    found = {one.id: one for role in OPENING for one in holders(role, commune_id)}
    return sorted(found.values(), key=lambda one: (one.sort_key, one.id))
