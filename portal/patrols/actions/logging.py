"""Writing the log: what is written is frozen, and each force then says whether it was so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Misfit, Reason, Refused
from portal.engine.text import _, as_on_paper, mark
from portal.engine.voiding import take_out
from portal.organisation.models import Unit, User
from portal.patrols.actions.on_the_way import against_writing
from portal.patrols.actions.planning import Team, doubled, elsewhere, long_gone, misspanned
from portal.patrols.actions.signing import answer, part_of, settle
from portal.patrols.models import Outcome, Patrol, PatrolForce, PatrolLog, PatrolStop, Span
from portal.patrols.queries import at_the_same_time
from portal.patrols.workflow import WRITABLE


@dataclass(frozen=True)
class Visit:
    """When a planned point was passed, and what was seen there."""

    at: datetime | None
    text: str = ""
    attention: bool = False


@dataclass(frozen=True)
class Logged:
    """What whoever writes the log says."""

    started_at: datetime
    ended_at: datetime
    leader: str = ""
    means: str = ""
    violations_found: int = 0
    conclusion: str = ""
    recommendation: str = ""
    counts: Mapping[int, int] = field(default_factory=dict)  # by the id of the unit
    in_charge: Mapping[int, str] = field(default_factory=dict)
    visits: Mapping[int, Visit] = field(default_factory=dict)  # by the id of the stop

    @property
    def span(self) -> Span:
        return Span(self.started_at, self.ended_at)


def write_log(patrol: Patrol, by: User, logged: Logged) -> PatrolLog:
    """Write the log, or write it again after a dispute; the force of whoever writes it stands for it.

    That force may also correct it, until another has signed: as a further version, which all are told of anew. Where
    no other signs it the patrol goes on at once, so it is corrected also afterwards.
    Raises Refused if it ends before it begins or after now, if its day lies too far back, if nobody went, none of those
    who write it, or if somebody was in two places.
    """
    own = part_of(patrol, by, also_left_out=True)  # its own log says that it went
    step = _step(patrol, own)
    _refuse_wrong(patrol, own, logged)
    patrol.workflow.take(step, patrol, by)  # by what stood until now
    _take_over(patrol, logged)
    patrol.log_number += 1
    log = _frozen(patrol, logged, by, own.unit)
    db.session.add(log)
    db.session.flush()
    log.frozen_digest = log.digest()
    answer(log, by, Outcome.LOGGED)
    settle(patrol, by)
    return log


def _step(patrol: Patrol, own: PatrolForce) -> str:
    """By which step of its way it is written. Raises Refused where it stands, and is not this force's to correct."""
    if against := against_log(patrol, own.unit):
        raise Refused(*against)
    if patrol.state in WRITABLE:
        return "log_again" if patrol.state == "disputed" else "log"
    return "correct"


def against_log(patrol: Patrol, unit: Unit) -> Sequence[Reason]:
    """Why a force neither writes the log now nor corrects it, and what can be done instead."""
    log = patrol.log
    wrote = log is not None and log.logged_for.heir_id == unit.heir_id
    if wrote and patrol.state not in WRITABLE:
        return patrol.against_correction
    return against_writing(patrol)


def _refuse_wrong(patrol: Patrol, own: PatrolForce, logged: Logged) -> None:
    teams = [
        Team(one.unit, logged.counts.get(one.unit_id, one.count), logged.in_charge.get(one.unit_id, one.in_charge))
        for one in patrol.asked
    ]
    wrong = [*_day(patrol, logged), *_hours(logged), *_points(patrol, logged), *_people(own, teams), *doubled(teams)]
    if not wrong:
        others = at_the_same_time(patrol.commune_id, logged.started_at, logged.ended_at, patrol.id)
        wrong = list(elsewhere(teams, logged.leader, others))
    if wrong:
        raise Refused(*wrong)


def _day(patrol: Patrol, logged: Logged) -> Iterator[Misfit]:
    """A day that lies too far back; one that stands already is written as late as it may be."""
    if clock.day_of(logged.started_at) not in (patrol.day, patrol.planned_day):
        yield from long_gone(logged.started_at)


def _hours(logged: Logged) -> Iterator[Misfit]:
    wrong = list(misspanned(logged.started_at, logged.ended_at))
    if not wrong and logged.ended_at > clock.now():
        wrong = [Misfit("ends", mark("This hour is still to come."))]
    yield from wrong


def _points(patrol: Patrol, logged: Logged) -> Iterator[Misfit]:
    """Points that were passed before the start or after the end."""
    for stop in patrol.ways:
        visit = logged.visits.get(stop.id)
        at = visit.at if visit else stop.at
        if at and at not in logged.span:
            why = mark("%(name)s was passed at an hour that lies outside of the patrol.")
            yield Misfit(f"at_{stop.id}", why, name=stop.name)


def _people(own: PatrolForce, teams: Sequence[Team]) -> Iterator[Misfit]:
    """Somebody went, and somebody of the force that writes the log."""
    where = f"count_{own.unit_id}"
    if not any(team.count for team in teams):
        yield Misfit(where, mark("Please say how many people went."))
    elif not any(team.count for team in teams if team.unit is own.unit):
        yield Misfit(where, mark("Whoever writes the log was there. Please say how many of your force went."))


def _take_over(patrol: Patrol, logged: Logged) -> None:
    """Bring the patrol in line with what is logged."""
    patrol.started_at, patrol.ended_at = logged.started_at, logged.ended_at
    patrol.leader, patrol.means = logged.leader, logged.means
    patrol.violations_found, patrol.conclusion = logged.violations_found, logged.conclusion
    patrol.recommendation = logged.recommendation
    for force in patrol.asked:
        force.actual_count = logged.counts.get(force.unit_id, force.count)
        force.in_charge = logged.in_charge.get(force.unit_id, force.in_charge)
    for stop in patrol.ways:
        if visit := logged.visits.get(stop.id):
            stop.at, stop.text, stop.attention = visit.at, visit.text, visit.attention
            _drop_unpassed(stop)


def _drop_unpassed(stop: PatrolStop) -> None:
    """A place that nobody planned stands on the way because it was passed: without its hour it was noted by mistake."""
    if not stop.planned and stop.at is None:
        take_out(stop, mark("noted by mistake"))


def _frozen(patrol: Patrol, logged: Logged, by: User, unit: Unit) -> PatrolLog:
    return PatrolLog(
        patrol=patrol, commune_id=patrol.commune_id, number=patrol.log_number, started_at=logged.started_at,
        ended_at=logged.ended_at, leader=patrol.leader, means=patrol.means, forces=_forces(patrol),
        stops=_stops(patrol, logged.span), violations_found=patrol.violations_found, conclusion=patrol.conclusion,
        recommendation=patrol.recommendation, logged_by=by, logged_by_id=by.id, logged_for=unit,
        logged_for_id=unit.id, logged_at=clock.now(),
    )  # fmt: skip


def _forces(patrol: Patrol) -> str:
    """One force a line: how many, who was in charge, and what changed on the way; 0 where it sent nobody."""
    return "\n".join(_force(force) for force in patrol.asked)


def _force(force: PatrolForce) -> str:
    told = [f"{force.unit.title}: {force.count}", *([force.in_charge] if force.in_charge and force.count else ())]
    changes = "; ".join(force.changes.splitlines())
    return ", ".join(told) + (f" ({changes})" if changes else "")


def _stops(patrol: Patrol, span: Span) -> str:
    """One point a line: its hour, with its day where there are several, and what was noted of it."""
    pattern = "%d/%m %H:%M" if len(span.days) > 1 else "%H:%M"
    noted = ((stop.at, _noted(stop)) for stop in patrol.passed)
    return "\n".join(f"{at.astimezone(clock.VIETNAM):{pattern}} {what}" for at, what in noted if at)


def _noted(stop: PatrolStop) -> str:
    told = f"{stop.name}: {stop.text}" if stop.text else stop.name
    if not stop.attention:
        return told
    with as_on_paper():  # it is frozen, and stands in the minutes
        return f"{told} ({_('wants attention')})"
