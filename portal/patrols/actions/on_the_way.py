"""What happens on the way: points passed, somebody who joins or leaves, other means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from portal.engine import audit, clock
from portal.engine.db import db, touch
from portal.engine.refusal import Conflict, Misfit, Plain, Reason, Refused
from portal.engine.text import mark
from portal.engine.transaction import unchanged
from portal.engine.vietnamese import fold
from portal.organisation.models import Unit, User
from portal.patrols.actions.planning import Team, doubled, elsewhere
from portal.patrols.models import Landmark, Patrol, PatrolForce, PatrolStop, Span
from portal.patrols.models.patrol import STAYS
from portal.patrols.queries import at_the_same_time
from portal.patrols.workflow import WRITABLE

Known = Mapping[int, int]  # the version of each stop that a page showed, by its id
WRITTEN = {
    "logged": mark("The log is written. What is not right in it a force says by disputing it."),
    "cancelled": mark("The patrol was cancelled: nothing is written about it any more."),
}


def set_out(patrol: Patrol, by: User, version: int | None = None) -> None:
    """Start a patrol now. Raises Refused where somebody of it is still out on another."""
    patrol.workflow.take("start", patrol, by, version=version)
    teams = [Team(one.unit, one.count, one.in_charge) for one in patrol.present]
    others = at_the_same_time(patrol.commune_id, clock.now(), max(patrol.planned_end_at, clock.now()), patrol.id)
    if wrong := list(elsewhere(teams, patrol.leader, [one for one in others if _still_out(one)])):
        each = {tuple(one.numbers.items()): Plain(one.message, **one.numbers) for one in wrong}
        raise Refused(*each.values())


def _still_out(other: Patrol) -> bool:
    """Whether people are with it at this hour. One that was to be back on a day before waits for its log alone."""
    return other.state == "under_way" and clock.day_of(other.planned_end_at) >= clock.today()


def refuse_written(patrol: Patrol, version: int | None = None) -> None:
    """Raise Refused once the log is with the other forces; Conflict if it came there since a page showed *version*."""
    if against := against_writing(patrol):
        unchanged(patrol, version)
        raise Refused(*against)


def against_writing(patrol: Patrol) -> Sequence[Reason]:
    """Why nothing is written about it any more, and what can be done instead."""
    return () if patrol.state in WRITABLE else (Plain(WRITTEN.get(patrol.state, STAYS)),)


def passed_at(span: Span, hour: time, day: date | None, where: str) -> datetime:
    """The moment of an hour on the way. Raises Refused at the field of the day where somebody has to say that."""
    at = span.moment_of(hour, day)
    if at is None:
        raise Refused(Misfit(where, mark("Please say on which day it was passed.")))
    return at


def pass_point(
    patrol: Patrol, landmark: Landmark | None, place: str, at: datetime, text: str = "", attention: bool = False,
    version: int | None = None, known: Known | None = None,
) -> PatrolStop:  # fmt: skip
    """Note that a point was passed. A planned one is filled in, any other is added to the way.

    What is added changes the patrol, so that nobody writes its log who has not seen it; but not for whoever adds
    another. A planned one has a version of its own, and the log of whoever did not see it filled in leaves it alone.
    Raises Conflict where somebody noted this very point since a page showed what was *known* of the way.
    """
    refuse_written(patrol, version)
    if known is not None:
        _refuse_noted(patrol, landmark.name if landmark else place, known)
    if at > clock.now():
        raise Refused(Misfit("at", mark("This hour is still to come.")))
    if patrol.ended_at and at not in patrol.span:
        outside = mark("%(name)s was passed at an hour that lies outside of the patrol.")
        raise Refused(Misfit("at", outside, name=landmark.name if landmark else place))
    waiting = (stop for stop in patrol.ways if landmark and stop.landmark_id == landmark.id and stop.at is None)
    stop = next(waiting, None)
    if stop is None:
        stop = PatrolStop(
            patrol=patrol, commune_id=patrol.commune_id, landmark=landmark, place=place,
            landmark_id=landmark.id if landmark else None, position=100 + len(patrol.stops),
        )  # fmt: skip
        db.session.add(stop)
        touch(patrol)
    stop.at, stop.text, stop.attention = at, text, attention
    db.session.flush()
    return stop


def _refuse_noted(patrol: Patrol, name: str, known: Known) -> None:
    """Two of one patrol who note the same point are told of each other before it stands there twice."""
    for stop in patrol.passed:
        if fold(stop.name) == fold(name) and known.get(stop.id, 0) < stop.version:
            told = mark("%(name)s is noted already. Note it once more if it was passed twice.")
            raise Conflict(stop, Plain(told, name=stop.name))


def tell_late(patrol: Patrol) -> None:
    """Tell the commands that a patrol did not set out half an hour after its hour. Once is enough."""
    if patrol.is_late and patrol.late_told_at is None:
        patrol.late_told_at = clock.now()
        audit.note("not_started", patrol)


@dataclass(frozen=True)
class Change:
    """What became different on the way; what is left out stays as it was."""

    unit: Unit
    why: str
    count: int | None = None
    in_charge: str = ""
    means: str = ""
    at: datetime | None = None  # now, where nobody says otherwise


def change_team(patrol: Patrol, change: Change) -> PatrolForce:
    """Note that a force joined, grew or shrank on the way, or that the means are others; what was planned stays.

    It changes the patrol: whoever writes its log has to have seen it. A force that leaves is told, since another may
    note it; until the log it keeps its rights, so that it can say otherwise.
    Raises Refused where nobody would be left, or whoever is in charge now is with another force or on another patrol at
    these hours.
    """
    refuse_written(patrol)
    at = change.at or clock.now()
    if at > clock.now():
        raise Refused(Misfit("at", mark("This hour is still to come.")))
    if patrol.started_at and at not in patrol.span:
        raise Refused(Misfit("at", mark("The change lies outside of the patrol.")))
    force = patrol.force_of(change.unit)
    if force is None and not change.count:
        raise Refused(Misfit("count", mark("Please say how many people joined.")))
    if change.count == 0 and all(one is force for one in patrol.present):
        raise Refused(Misfit("count", mark("Nobody would be left. Write the log, or cancel the patrol.")))
    _refuse_elsewhere(patrol, change, force)
    if force is None:
        force = PatrolForce(
            patrol=patrol, commune_id=patrol.commune_id, unit=change.unit, unit_id=change.unit.id, planned_count=0,
            in_charge="", changes="", joined_on_the_way=True,
        )  # fmt: skip
        db.session.add(force)
    was_there = force.takes_part
    force.actual_count = force.count if change.count is None else change.count
    force.in_charge = change.in_charge or force.in_charge
    pattern = "%d/%m %H:%M" if len(patrol.span.days) > 1 else "%H:%M"
    means = f" ({change.means})" if change.means else ""
    told = f"{at.astimezone(clock.VIETNAM):{pattern}} {change.why}{means}"
    force.changes = f"{force.changes}\n{told}".strip()
    patrol.means = change.means or patrol.means
    touch(patrol)
    db.session.flush()
    audit.note("leave_patrol" if was_there and not force.takes_part else "change_team", force)
    return force


def _refuse_elsewhere(patrol: Patrol, change: Change, own: PatrolForce | None) -> None:
    others = [Team(one.unit, one.count, one.in_charge) for one in patrol.present if one is not own]
    team = Team(change.unit, 1, change.in_charge)
    until = max(patrol.ends_at, clock.now())
    out = at_the_same_time(patrol.commune_id, patrol.begins_at, until, patrol.id)
    if wrong := [*doubled([*others, team]), *elsewhere([team], "", out)]:
        raise Refused(*(Misfit("in_charge", one.message, **one.numbers) for one in wrong))
