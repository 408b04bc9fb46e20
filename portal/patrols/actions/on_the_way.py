"""What happens on the way: points passed, somebody who joins or leaves, other means."""

from datetime import datetime

from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.organisation.models import Unit
from portal.patrols.models import Landmark, Patrol, PatrolForce, PatrolStop
from portal.patrols.workflow import AHEAD

OPEN = (*AHEAD, "disputed")  # what may still be written


def refuse_written(patrol: Patrol) -> None:
    """Raise Refused once the log is with the other forces."""
    if patrol.state not in OPEN:
        raise Refused(Plain(mark("The log is written. What is not right in it a force says by disputing it.")))


def pass_point(
    patrol: Patrol, landmark: Landmark | None, place: str, at: datetime, text: str = "", attention: bool = False
) -> PatrolStop:  # fmt: skip
    """Note that a point was passed. A planned one is filled in, any other is added to the way."""
    refuse_written(patrol)
    if at > clock.now():
        raise Refused(Misfit("at", mark("This hour is still to come.")))
    waiting = (stop for stop in patrol.ways if landmark and stop.landmark_id == landmark.id and stop.at is None)
    stop = next(waiting, None)
    if stop is None:
        stop = PatrolStop(
            patrol=patrol, commune_id=patrol.commune_id, landmark=landmark, place=place,
            landmark_id=landmark.id if landmark else None, position=100 + len(patrol.stops),
        )  # fmt: skip
        db.session.add(stop)
    stop.at, stop.text, stop.attention = at, text, attention
    db.session.flush()
    return stop


def tell_late(patrol: Patrol) -> None:
    """Tell the commands that a patrol did not set out half an hour after its hour. Once is enough."""
    if patrol.is_late and patrol.late_told_at is None:
        patrol.late_told_at = clock.now()
        audit.note("not_started", patrol)


def change_team(patrol: Patrol, unit: Unit, count: int, in_charge: str, means: str, why: str) -> PatrolForce:
    """Note that a force joined, grew or shrank on the way, or that the means are others; what was planned stays."""
    refuse_written(patrol)
    force = patrol.force_of(unit)
    if force is None:
        force = PatrolForce(
            patrol=patrol, commune_id=patrol.commune_id, unit=unit, unit_id=unit.id, planned_count=0,
            joined_on_the_way=True,
        )  # fmt: skip
        db.session.add(force)
    force.actual_count, force.in_charge = count, in_charge or force.in_charge
    told = f"{clock.now().astimezone(clock.VIETNAM):%H:%M} {why}"
    force.changes = f"{force.changes}\n{told}".strip()
    if means:
        patrol.means = means
    db.session.flush()
    audit.note("change_team", force)
    return force
