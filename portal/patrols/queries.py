"""What is asked of patrols more than once."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, inspect, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.engine import clock
from portal.engine.access import Actor, reach
from portal.engine.db import db
from portal.engine.vietnamese import place_key
from portal.organisation.models import Unit, line_of
from portal.patrols.models import (
    SIGN_WITHIN,
    Countersignature,
    Landmark,
    Patrol,
    PatrolForce,
    PatrolKind,
    PatrolLog,
    PatrolStop,
)
from portal.patrols.models.patrol import GRACE
from portal.patrols.workflow import AHEAD, TOOK_PLACE, UNSETTLED

ONE_DAY = timedelta(days=1)


def loaded() -> tuple[Any, ...]:
    """What a row of a list shows."""
    return (
        selectinload(Patrol.forces).joinedload(PatrolForce.unit),
        selectinload(Patrol.stops).joinedload(PatrolStop.landmark),
        selectinload(Patrol.logs).selectinload(PatrolLog.signatures),
    )


def load(patrol: Patrol) -> Patrol:
    """A patrol with all that its pages show, read at once: none of them asks for each point, force or log."""
    said = joinedload(Countersignature.unit), joinedload(Countersignature.by)
    options = (
        selectinload(Patrol.forces).joinedload(PatrolForce.unit),
        selectinload(Patrol.stops).joinedload(PatrolStop.landmark),
        selectinload(Patrol.logs).options(
            joinedload(PatrolLog.logged_by), joinedload(PatrolLog.logged_for),
            selectinload(PatrolLog.signatures).options(*said),
        ),
    )  # fmt: skip
    asked = select(Patrol).where(Patrol.id == patrol.id).options(*options)
    return db.session.scalars(asked.execution_options(populate_existing=True)).unique().one()


def _begins() -> ColumnElement[Any]:
    """When a patrol began or, until it did, is to begin."""
    return func.coalesce(Patrol.started_at, Patrol.planned_start_at)


def began_within(first: date, last: date) -> ColumnElement[bool]:
    """Patrols that began on a day from one to another, both included; until they began, by the plan."""
    return and_(_begins() >= clock.moment(first, 0), _begins() < clock.moment(last + timedelta(days=1), 0))


def unsettled() -> ColumnElement[bool]:
    """Patrols that took place and whose log not every force has countersigned."""
    return Patrol.state.in_(UNSETTLED)


def waiting_for(unit: Unit) -> ColumnElement[bool]:
    """Patrols whose log waits for a force: to countersign it, to say for some days whether it was left out rightly or,
    where it was disputed, to write it again."""
    same = line_of(unit.id)
    recent = exists().where(
        PatrolLog.patrol_id == PatrolForce.patrol_id, PatrolLog.number == Patrol.log_number,
        PatrolLog.logged_at >= _waited_for_since(),
    )  # fmt: skip
    asked = or_(PatrolForce.takes_part, and_(PatrolForce.voided_at.is_(None), recent))
    part = exists().where(PatrolForce.patrol_id == Patrol.id, PatrolForce.unit_id.in_(same), asked)
    answered = (
        select(PatrolLog.patrol_id)
        .join(Countersignature, Countersignature.log_id == PatrolLog.id)
        .where(Countersignature.unit_id.in_(same), PatrolLog.patrol_id == Patrol.id)
        .where(PatrolLog.number == Patrol.log_number)
    )
    to_sign = and_(Patrol.state == "logged", ~answered.exists())
    wrote = select(PatrolLog.patrol_id).where(
        PatrolLog.logged_for_id.in_(same), PatrolLog.patrol_id == Patrol.id, PatrolLog.number == Patrol.log_number
    )
    again = and_(Patrol.state == "disputed", wrote.exists())
    return or_(and_(part, to_sign), again)


def ahead() -> ColumnElement[bool]:
    """Patrols that are planned still, or under way."""
    return Patrol.state.in_(AHEAD)


def out_on(day: date) -> ColumnElement[bool]:
    """Of those the ones planned for some hour of a day, and whoever is out still, whatever was planned."""
    begins, ends = clock.moment(day, 0), clock.moment(day + ONE_DAY, 0)
    planned = and_(Patrol.planned_start_at < ends, Patrol.planned_end_at > begins)
    return and_(ahead(), Patrol.voided_at.is_(None), or_(Patrol.state == "under_way", planned))


def made() -> ColumnElement[bool]:
    """Patrols that took place."""
    return and_(Patrol.state.in_(TOOK_PLACE), Patrol.voided_at.is_(None))


def at_the_same_time(commune_id: int, begins: datetime, ends: datetime, besides: int | None) -> list[Patrol]:
    """Other patrols of the commune's line that were, are or are to be out at some moment of a span.

    One that is under way is out until now at the least, whatever was planned.
    """
    starts = func.coalesce(Patrol.started_at, Patrol.planned_start_at)
    stops = func.coalesce(Patrol.ended_at, Patrol.planned_end_at)
    still_out = and_(Patrol.state == "under_way", literal(begins <= clock.now()))
    found = select(Patrol).where(
        Patrol.commune_id.in_(line_of(commune_id)), Patrol.state != "cancelled", Patrol.voided_at.is_(None),
        starts < ends, or_(stops > begins, still_out), Patrol.id != (besides or 0),
    )  # fmt: skip
    return list(db.session.scalars(found.options(selectinload(Patrol.forces)).order_by(Patrol.id)))


def landmarks_on(commune_id: int, day: date) -> list[Landmark]:
    """The points of the commune's line that existed on a day, by kind and name."""
    return landmarks_within(commune_id, day, day)


def landmarks_within(commune_id: int, first: date, last: date | None) -> list[Landmark]:
    """The same of those that existed on some day from one to another, both included; without *last*, or later."""
    held = [or_(Landmark.valid_to.is_(None), Landmark.valid_to >= first)]
    if last:
        held.append(Landmark.valid_from <= last)
    found = select(Landmark).where(Landmark.commune_id.in_(line_of(commune_id)), Landmark.voided_at.is_(None), *held)
    return sorted(db.session.scalars(found), key=lambda one: (one.kind, place_key(one.name), one.id))


def last_visits(commune_id: int, until: date, unit: Unit | None = None) -> dict[int, tuple[datetime, int]]:
    """For each point when it was passed last, up to the end of a day, and how often; by any force, or by one."""
    passed = select(PatrolStop.landmark_id, func.max(PatrolStop.at), func.count(PatrolStop.id.distinct()))
    passed = passed.join(Patrol, Patrol.id == PatrolStop.patrol_id).where(*_passed_by(commune_id, until))
    if unit:
        passed = passed.join(PatrolForce, PatrolForce.patrol_id == Patrol.id)
        passed = passed.where(PatrolForce.takes_part, PatrolForce.unit_id.in_(line_of(unit.id)))
    found = db.session.execute(passed.group_by(PatrolStop.landmark_id))
    return {int(row[0]): (row[1], int(row[2])) for row in found if row[0] and row[1]}


def last_visits_of_forces(commune_id: int, until: date) -> dict[int, dict[int, datetime]]:
    """For each point when each force passed it last; a force by the id of what stands for it today."""
    passed = (
        select(PatrolStop.landmark_id, Unit.heir_id, func.max(PatrolStop.at))
        .join(Patrol, Patrol.id == PatrolStop.patrol_id)
        .join(PatrolForce, PatrolForce.patrol_id == Patrol.id)
        .join(Unit, Unit.id == PatrolForce.unit_id)
        .where(*_passed_by(commune_id, until), PatrolForce.takes_part)
        .group_by(PatrolStop.landmark_id, Unit.heir_id)
    )
    found: dict[int, dict[int, datetime]] = {}
    for point_id, unit_id, at in db.session.execute(passed):
        if point_id and unit_id and at:
            found.setdefault(point_id, {})[unit_id] = at
    return found


def _passed_by(commune_id: int, until: date) -> tuple[ColumnElement[bool], ...]:
    """Stops at points of the catalogue that were reached on patrols that took place, up to the end of a day."""
    stands = PatrolStop.voided_at.is_(None), PatrolStop.landmark_id.is_not(None)
    before = PatrolStop.at < clock.moment(until + timedelta(days=1), 0)
    return Patrol.commune_id.in_(line_of(commune_id)), made(), *stands, before


def count_by_kind(commune_id: int, first: date, last: date, *states: ColumnElement[bool]) -> dict[str, int]:
    """How many patrols of each kind began within some days."""
    asked = (
        select(Patrol.kind, func.count())
        .where(Patrol.commune_id.in_(line_of(commune_id)), Patrol.voided_at.is_(None), began_within(first, last))
        .where(*states)
        .group_by(Patrol.kind)
    )
    return {str(kind): int(count) for kind, count in db.session.execute(asked)}


def last_day(patrols: Select[Any]) -> date | None:
    """The day on which the latest of some patrols began, or is to begin."""
    return _one_day(patrols, func.max(_begins()))


def years_of(patrols: Select[Any]) -> Iterator[int]:
    """The years in which some patrols began, or are to begin: asked from one to the next, since a year is a calendar's
    and no database knows ours."""
    first = _one_day(patrols, func.min(_begins()))
    while first:
        yield first.year
        first = _one_day(patrols.where(_begins() >= clock.moment(date(first.year + 1, 1, 1), 0)), func.min(_begins()))


def _one_day(patrols: Select[Any], moment: Any) -> date | None:
    at = db.session.scalar(patrols.where(Patrol.voided_at.is_(None)).with_only_columns(moment).order_by(None))
    return clock.day_of(at) if at else None


def patrols_of(commune_id: int) -> Select[Any]:
    """The patrols of the commune's line, whoever asks."""
    return select(Patrol).where(Patrol.commune_id.in_(line_of(commune_id)))


def went_within(
    patrols: Select[Any], first: date, last: date
) -> Iterator[tuple[PatrolKind, str, datetime, datetime, set[int]]]:
    """Of some patrols those of some days: kind, state, when each began and was to begin, and its forces of today."""
    wanted = patrols.where(Patrol.voided_at.is_(None), began_within(first, last)).order_by(None)
    forces = _forces_of(wanted)
    columns = Patrol.id, Patrol.kind, Patrol.state, _begins(), Patrol.planned_start_at
    for patrol_id, kind, state, began, planned in db.session.execute(wanted.with_only_columns(*columns)):
        yield kind, state, began, planned, forces.get(patrol_id, set())


def _forces_of(patrols: Select[Any]) -> dict[int, set[int]]:
    """The forces of each of some patrols, by what stands for them today."""
    parts = select(PatrolForce.patrol_id, Unit.heir_id).join(Unit, Unit.id == PatrolForce.unit_id)
    found: dict[int, set[int]] = {}
    of_them = PatrolForce.patrol_id.in_(patrols.with_only_columns(Patrol.id))
    for patrol_id, unit_id in db.session.execute(parts.where(PatrolForce.takes_part, of_them)):
        if unit_id:
            found.setdefault(patrol_id, set()).add(unit_id)
    return found


def patrols_by_force(commune_id: int, first: date, last: date) -> dict[int, int]:
    """In how many patrols of some days each force took part, by the unit that stands for it today."""
    asked = (
        select(Unit.heir_id, func.count(func.distinct(Patrol.id)))
        .select_from(PatrolForce)
        .join(Patrol, Patrol.id == PatrolForce.patrol_id)
        .join(Unit, Unit.id == PatrolForce.unit_id)
        .where(Patrol.commune_id.in_(line_of(commune_id)), made(), began_within(first, last))
        .where(PatrolForce.takes_part)
        .group_by(Unit.heir_id)
    )
    return {int(row[0]): int(row[1]) for row in db.session.execute(asked) if row[0]}


def passed_between(commune_id: int, first: date, last: date) -> dict[int, int]:
    """How often each point was passed within some days, by any force; points that nobody passed are left out."""
    asked = (
        select(PatrolStop.landmark_id, func.count(PatrolStop.id))
        .join(Patrol, Patrol.id == PatrolStop.patrol_id)
        .where(Patrol.commune_id.in_(line_of(commune_id)), made(), PatrolStop.voided_at.is_(None))
        .where(PatrolStop.landmark_id.is_not(None))
        .where(PatrolStop.at >= clock.moment(first, 0), PatrolStop.at < clock.moment(last + ONE_DAY, 0))
        .group_by(PatrolStop.landmark_id)
    )
    return {int(row[0]): int(row[1]) for row in db.session.execute(asked) if row[0]}


def past_their_days() -> list[Patrol]:
    """Patrols whose log waits for longer than a force has to answer."""
    older = exists().where(
        PatrolLog.patrol_id == Patrol.id, PatrolLog.number == Patrol.log_number,
        PatrolLog.logged_at < _waited_for_since(),
    )  # fmt: skip
    waiting = select(Patrol).where(Patrol.state == "logged", Patrol.voided_at.is_(None), older)
    return list(db.session.scalars(waiting.order_by(Patrol.id)))


def _waited_for_since() -> datetime:
    """From when on a log was written whose forces have days left to answer, as `PatrolLog.answer_by` says of one."""
    return clock.moment(clock.today() - SIGN_WITHIN, 0)


def late_ones() -> list[Patrol]:
    """Patrols that should have set out half an hour ago (`Patrol.is_late`), of which nobody was told yet."""
    waiting = Patrol.state == "planned", Patrol.planned_start_at < clock.now() - GRACE, Patrol.late_told_at.is_(None)
    return list(db.session.scalars(select(Patrol).where(*waiting, Patrol.voided_at.is_(None)).order_by(Patrol.id)))


def observations_of(user: Actor, patrol: Patrol) -> Sequence[Any]:
    """What was noted down on a patrol, as far as the user may read it. Its room is a neighbour, known by name only."""
    kind: Any = inspect(Patrol).relationships["observations"].entity.class_
    found = reach(user, "read", kind).where(kind.patrol_id == patrol.id, kind.voided_at.is_(None))
    return db.session.scalars(found.options(joinedload(kind.handed_to)).order_by(kind.id)).all()
