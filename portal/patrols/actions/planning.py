"""Planning a patrol: kind, hours, forces, the points that it is to pass. No route and no plan of operations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from portal.engine import clock
from portal.engine.db import db
from portal.engine.horizon import beyond
from portal.engine.numbering import next_number
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.engine.vietnamese import fold
from portal.engine.voiding import put_back, take_out
from portal.organisation.models import Unit, line_of
from portal.organisation.queries import plan_on
from portal.patrols.models import LONGEST, Landmark, Patrol, PatrolForce, PatrolKind, PatrolStop
from portal.patrols.models.patrol import AFTERWARDS
from portal.patrols.queries import at_the_same_time


@dataclass(frozen=True)
class Team:
    """The part of one force: how many, and who is in charge of them."""

    unit: Unit
    count: int
    in_charge: str = ""


@dataclass(frozen=True)
class Planned:
    """What is planned."""

    kind: PatrolKind
    start_at: datetime
    end_at: datetime
    leader: str = ""
    means: str = ""
    teams: Sequence[Team] = ()
    points: Sequence[Landmark] = field(default_factory=tuple)


def plan_patrol(commune_id: int, planned: Planned, by: Unit) -> Patrol:
    """Plan a patrol for several forces; *by* is the force that plans it and answers for it.

    Raises Refused if it ends before it begins, lasts more than three days or lies more than 31 days back or a year
    ahead, if nobody goes, or if somebody would be in two places.
    """
    refuse_misplanned(planned, by, commune_id)
    day = clock.day_of(planned.start_at)
    plan = plan_on(commune_id, day)
    patrol = Patrol(
        commune_id=commune_id, number=_next_patrol_number(commune_id, day.year), kind=planned.kind,
        plan_id=plan.id if plan else None, planned_start_at=planned.start_at, planned_end_at=planned.end_at,
        leading_unit_id=by.id, leader=planned.leader, means=planned.means,
    )  # fmt: skip
    db.session.add(patrol)
    db.session.flush()
    _set_teams(patrol, planned.teams)
    _set_points(patrol, planned.points)
    return patrol


def change_patrol(patrol: Patrol, planned: Planned) -> None:
    """Change what is planned, as long as nobody has set out."""
    if patrol.state != "planned":
        raise Refused(Plain(mark("A patrol that has set out is planned no more; what changes goes into its log.")))
    refuse_misplanned(planned, patrol.leading_unit, patrol.commune_id, patrol)
    patrol.kind, patrol.leader, patrol.means = planned.kind, planned.leader, planned.means
    if planned.start_at != patrol.planned_start_at:
        patrol.late_told_at = None  # of another hour the commands are told anew
    patrol.planned_start_at, patrol.planned_end_at = planned.start_at, planned.end_at
    _set_teams(patrol, planned.teams)
    _set_points(patrol, planned.points)


def _next_patrol_number(commune_id: int, year: int) -> str:
    return next_number(Patrol.number, f"TT-{year}-", Patrol.commune_id.in_(line_of(commune_id)))


def refuse_misplanned(planned: Planned, by: Unit, commune_id: int, patrol: Patrol | None = None) -> None:
    """Raise Refused with all that stands against a plan, each at its field."""
    stays = patrol is not None and patrol.planned_start_at == planned.start_at
    far = () if stays else (*long_gone(planned.start_at), *beyond(planned.start_at))
    wrong = [*far, *misspanned(planned.start_at, planned.end_at), *_teams(planned, by), *doubled(planned.teams)]
    if not wrong:
        others = at_the_same_time(commune_id, planned.start_at, planned.end_at, patrol.id if patrol else None)
        wrong = list(elsewhere(planned.teams, planned.leader, others))
    if wrong:
        raise Refused(*wrong)


def long_gone(start_at: datetime) -> Iterator[Misfit]:
    """Whether it is too late to enter a patrol of that day, or to move one there."""
    if clock.day_of(start_at) < clock.today() - AFTERWARDS:
        why = mark("A patrol is entered up to %(days)s days afterwards: this day is too long ago.")
        yield Misfit("on", why, days=AFTERWARDS.days)


def misspanned(start_at: datetime, end_at: datetime) -> Iterator[Misfit]:
    """What is wrong with from when to when a patrol lasts, planned or logged."""
    if end_at <= start_at:
        yield Misfit("ends", mark("The patrol cannot end before it begins."))
    elif end_at - start_at > LONGEST:
        yield Misfit("ends", mark("A patrol of more than three days is written as several."))


def _teams(planned: Planned, by: Unit) -> Iterator[Misfit]:
    if not any(team.count for team in planned.teams):
        yield Misfit(f"count_{by.id}", mark("Please say how many people go."))
    elif not any(team.unit.heir_id == by.heir_id and team.count for team in planned.teams):
        yield Misfit(f"count_{by.id}", mark("The force that plans the patrol takes part in it."))


def doubled(teams: Sequence[Team]) -> Iterator[Misfit]:
    """Whoever is in charge of two forces at once."""
    for place, team in enumerate(teams):
        other = next((one for one in teams[:place] if same_person(one.in_charge, team.in_charge)), None)
        if other:
            why = mark("%(name)s is in charge of %(unit)s already.")
            yield Misfit(f"in_charge_{team.unit.id}", why, name=team.in_charge, unit=other.unit.title)


def elsewhere(teams: Sequence[Team], leader: str, others: Sequence[Patrol]) -> Iterator[Misfit]:
    """Whoever is named on another patrol at the same hours."""
    asked = [("leader", leader), *((f"in_charge_{team.unit.id}", team.in_charge) for team in teams if team.count)]
    for other in others:
        named = [other.leader, *(force.in_charge for force in other.present)]
        for where, name in asked:
            if any(same_person(name, one) for one in named):
                why = mark("%(name)s is on %(number)s at the same hours.")
                yield Misfit(where, why, name=name, number=other.number)


def same_person(one: str, other: str) -> bool:
    """Whether two names are those of one person, marks and capitals apart; one may bear a rank in front."""
    short, long = sorted((fold(one).split(), fold(other).split()), key=len)
    return bool(short) and (short == long or (len(short) > 1 and long[-len(short) :] == short))


def _set_teams(patrol: Patrol, teams: Sequence[Team]) -> None:
    """One row a force; whoever does not go after all stays on record, struck out."""
    wanted = {team.unit.id: team for team in teams if team.count}
    known = {force.unit_id: force for force in patrol.forces}
    for force in patrol.forces:
        if force.unit_id not in wanted and force.voided_at is None:
            take_out(force, mark("does not take part"))
    for unit_id, team in wanted.items():
        force = known.get(unit_id) or PatrolForce(
            patrol=patrol, commune_id=patrol.commune_id, unit=team.unit, unit_id=unit_id
        )
        db.session.add(force)
        put_back(force)
        force.planned_count, force.in_charge = team.count, team.in_charge
    db.session.flush()


def _set_points(patrol: Patrol, points: Sequence[Landmark]) -> None:
    wanted = {point.id for point in points}
    known = {stop.landmark_id: stop for stop in patrol.ways}
    for stop in patrol.ways:
        if stop.planned and stop.landmark_id not in wanted:
            take_out(stop, mark("not on the way any more"))
    for place, point in enumerate(points, start=1):
        if point.id in known:
            known[point.id].position = place
        else:
            db.session.add(PatrolStop(
                patrol=patrol, commune_id=patrol.commune_id, landmark=point, landmark_id=point.id, planned=True,
                position=place,
            ))  # fmt: skip
    db.session.flush()
