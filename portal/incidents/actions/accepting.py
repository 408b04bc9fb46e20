"""An observation turns out to be an incident: a new one, or one that is there."""

from typing import Any

from portal.books.actions import Facts, write_down
from portal.engine.db import db, touch
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.incidents.models import Incident, Observation
from portal.organisation.models import User


def begin_incident(commune_id: int, facts: Facts, by: User | None) -> Incident:
    """Write an incident down, numbered in the year of its day. Raises Refused for what does not fit together."""
    incident: Incident = write_down(Incident, commune_id, facts, by)
    return incident


def make_incident(observation: Observation, facts: Facts, by: User) -> Incident:
    """Write an observation down as an incident: both name each other from then on."""
    incident = begin_incident(observation.commune_id, facts, by)
    _take("become", observation, incident, by)
    return incident


def add_to_incident(observation: Observation, incident: Incident, by: User) -> None:
    """Say that what was seen belongs to an incident that is there."""
    if incident.voided_at is not None:
        raise Refused(Misfit("incident_id", mark("This incident was struck out.")))
    touch(incident)
    _take("join", observation, incident, by)


def _take(step: str, observation: Any, incident: Incident, by: User) -> None:
    observation.workflow.take(step, observation, by)
    observation.incident, observation.incident_id = incident, incident.id
    db.session.flush()
