"""What is asked of units and accounts more than once."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.vietnamese import place_key
from portal.organisation.models import (
    ANSWERS_FOR,
    CONFIRMING,
    FORCES,
    ROLE_UNITS,
    CoordinationParty,
    CoordinationPlan,
    Role,
    RoleGrant,
    SignInCard,
    Unit,
    UnitKind,
    User,
    holding_on,
    line_of,
)

SPEAKS_FOR = {**ANSWERS_FOR, UnitKind.VILLAGE: Role.VILLAGE_HEAD}  # who is asked for a unit, a village too


def first_commune() -> Unit | None:
    """The first commune that was set up; its heir is the one that works today."""
    return db.session.scalar(select(Unit).where(Unit.kind == UnitKind.COMMUNE).order_by(Unit.id).limit(1))


def with_standing(found: Select[Any], column: Any, standing: Any, day: date) -> Select[Any]:
    """Join the unit of a column with the one that stands for it at the end of a day, as *standing*, an alias of Unit.

    It is itself, or the last of those that took one another over until then. What belongs to a unit that ended by then
    and went into none is left out.
    """
    ended = aliased(Unit)
    line = select(Unit.id.label("unit_id"), Unit.id.label("standing_id")).cte("standing", recursive=True)
    line = line.union(
        select(line.c.unit_id, ended.successor_id)
        .join(ended, ended.id == line.c.standing_id)
        .where(ended.valid_to < day, ended.successor_id.is_not(None))
    )
    there = or_(standing.valid_to.is_(None), standing.valid_to >= day)
    return found.join(line, line.c.unit_id == column).join(standing, and_(standing.id == line.c.standing_id, there))


def police_on(commune_id: int, day: date) -> Unit | None:
    """The police of a commune on a day."""
    return next((unit for unit in forces_on(commune_id, day) if unit.kind == UnitKind.POLICE), None)


def present_commune() -> Unit | None:
    """The first commune that was set up, or what became of it."""
    first = first_commune()
    return first.heir or first if first else None


def commune_coded(code: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.code == code, Unit.kind == UnitKind.COMMUNE))


def commune_codes() -> list[str]:
    return list(db.session.scalars(select(Unit.code).where(Unit.kind == UnitKind.COMMUNE).order_by(Unit.id)))


def commune_of(reader: Actor) -> Unit:
    """The commune in which somebody acts, as it is called now."""
    unit = db.session.get_one(Unit, reader.acting.commune_id if reader.acting else None)
    return unit.heir or unit


def has_demo() -> bool:
    """Whether the invented accounts of the example commune are there."""
    return bool(db.session.scalar(select(select(User.id).where(User.demo).exists())))


def is_empty() -> bool:
    """Whether nobody has an account yet."""
    return not db.session.scalar(select(select(User.id).exists()))


def demo_users(usernames: tuple[str, ...]) -> list[User]:
    """The invented accounts that the sign-in page offers, in the order of the names."""
    found = db.session.scalars(select(User).where(User.demo, User.username.in_(usernames)))
    return sorted(found, key=lambda user: usernames.index(user.username))


def holders(role: Role, commune_id: int) -> list[User]:
    """Users who hold a role in the commune's line today, not for somebody else."""
    units = select(Unit.id).where(Unit.commune_id.in_(line_of(commune_id)))
    found = (
        select(User)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.role == role, RoleGrant.unit_id.in_(units), RoleGrant.on_behalf_of_id.is_(None))
        .where(holding_on(clock.today()), User.disabled_at.is_(None), User.voided_at.is_(None))
        .order_by(User.id)
    )
    return list(db.session.scalars(found).unique())


def grants_of(role: str, commune_id: int) -> list[RoleGrant]:
    """The grants of a role that hold in the commune's line today, deputies' too, of whoever has an open account."""
    found = held_in(role, commune_id).options(contains_eager(RoleGrant.user)).order_by(RoleGrant.id)
    return list(db.session.scalars(found).unique())


def first_holders(roles: Collection[str], commune_id: int) -> dict[str, RoleGrant]:
    """The first grant of each of some roles that holds in the commune's line today, asked for together."""
    found = held_in(tuple(roles), commune_id).options(joinedload(RoleGrant.unit).joinedload(Unit.heir))
    return {one.role: one for one in db.session.scalars(found.order_by(RoleGrant.id.desc())).unique()}


def answering(unit: Unit, commune_id: int) -> list[User]:
    """Whoever answers for a unit in what several do together, its head first, deputies too; nobody for one that no
    role speaks for."""
    role = ANSWERS_FOR.get(unit.kind)
    grants = sorted(grants_of(role, commune_id) if role else [], key=lambda one: one.on_behalf_of_id is not None)
    return list(dict.fromkeys(grant.user for grant in grants if force_of(grant).heir_id == unit.heir_id))


def held_in(role: str | tuple[str, ...], commune_id: int) -> Select[RoleGrant]:
    """The select behind `grants_of`, of one role or several, also for a condition of other queries."""
    roles = (role,) if isinstance(role, str) else role
    return (
        select(RoleGrant)
        .join(User, RoleGrant.user_id == User.id)
        .where(RoleGrant.role.in_(roles), holding_on(clock.today()))
        .where(RoleGrant.unit_id.in_(select(Unit.id).where(Unit.commune_id.in_(line_of(commune_id)))))
        .where(User.disabled_at.is_(None), User.voided_at.is_(None))
    )


def users_named(ids: Collection[int | None]) -> dict[int, User]:
    """The users of some ids, for sentences that name them; where there is no id there is nobody."""
    wanted = {one for one in ids if one is not None}
    found = db.session.scalars(select(User).where(User.id.in_(wanted))) if wanted else ()
    return {user.id: user for user in found}


def villages(commune_id: int) -> list[Unit]:
    """The villages of the commune's line that exist today, by name."""
    found = (
        select(Unit)
        .where(Unit.kind == UnitKind.VILLAGE, Unit.commune_id.in_(line_of(commune_id)))
        .where(Unit.valid_to.is_(None) | (Unit.valid_to >= clock.today()))
    )
    return by_name(db.session.scalars(found))


def by_name(units: Iterable[Unit]) -> list[Unit]:
    """Units in the order of the Vietnamese alphabet, which no database knows."""
    return sorted(units, key=lambda unit: (place_key(unit.name), unit.id))


def user_named(username: str) -> User | None:
    """The account of a user name."""
    return db.session.scalar(select(User).where(User.username == username))


def commune_called(named: str) -> Unit | None:
    """A commune by its code or its name, the latest of them."""
    called = Unit.kind == UnitKind.COMMUNE, or_(Unit.code == named, Unit.name == named)
    return db.session.scalar(select(Unit).where(*called).order_by(Unit.id.desc()).limit(1))


def unit_coded(code: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.code == code))


def parts_named(name: str, commune_id: int) -> list[Unit]:
    """Units of the commune's line that bear a name and are not over."""
    found = select(Unit).where(Unit.name == name, Unit.commune_id.in_(line_of(commune_id)), not_over())
    return list(db.session.scalars(found))


def not_over() -> ColumnElement[bool]:
    """The condition of units that exist today or will."""
    return or_(Unit.valid_to.is_(None), Unit.valid_to >= clock.today())


def units_for(role: Role, commune_id: int) -> list[Unit]:
    """Units of the commune's line in which a role can be given."""
    line = line_of(commune_id)
    fitting = Unit.kind.in_(ROLE_UNITS[role]), or_(Unit.commune_id.in_(line), Unit.id.in_(line)), not_over()
    return by_name(db.session.scalars(select(Unit).where(*fitting)))


def successors_of(unit: Unit) -> list[Unit]:
    """Units that could take this one over: of its kind, in its commune."""
    same = Unit.kind == unit.kind, Unit.id != unit.id, Unit.commune_id.in_(line_of(unit.commune_id or unit.id))
    return by_name(db.session.scalars(select(Unit).where(*same, not_over())))


def somebody_confirms(commune_id: int, besides: User | None = None) -> bool:
    """Whether a chief or leader holds office in the commune today who could confirm a role of somebody else."""
    found = _in_office(CONFIRMING, commune_id)
    if besides is not None:
        found = found.where(User.id != besides.id)
    return bool(db.session.scalar(select(found.exists())))


def somebody_holds(role: Role, commune_id: int) -> bool:
    """Whether anybody holds a role in the commune's line today, also for somebody else."""
    return bool(db.session.scalar(select(_in_office((role,), commune_id).exists())))


def _in_office(roles: Collection[Role], commune_id: int) -> Select[Any]:
    units = select(Unit.id).where(or_(Unit.commune_id.in_(line_of(commune_id)), Unit.id.in_(line_of(commune_id))))
    return (
        select(RoleGrant.id)
        .join(User, User.id == RoleGrant.user_id)
        .where(RoleGrant.role.in_(roles), RoleGrant.unit_id.in_(units), holding_on(clock.today()))
        .where(User.disabled_at.is_(None), User.voided_at.is_(None))
    )


def grants_in(unit_id: int) -> list[RoleGrant]:
    """All roles that were ever given in a unit."""
    return list(db.session.scalars(select(RoleGrant).where(RoleGrant.unit_id == unit_id)).unique())


def holders_in(unit_id: int) -> list[RoleGrant]:
    """Roles in a unit that hold or will, with who holds them."""
    standing = or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= clock.today())
    found = select(RoleGrant).where(
        RoleGrant.unit_id == unit_id, RoleGrant.voided_at.is_(None), RoleGrant.ended_at.is_(None), standing
    )
    return list(db.session.scalars(found.options(joinedload(RoleGrant.user)).order_by(RoleGrant.id)).unique())


def force_of(grant: RoleGrant) -> Unit:
    """The force for which somebody acts, as it is called today: the unit of their role, or what took it over.

    Whoever leads the commune without a unit of their own speaks for its committee.
    """
    unit = grant.unit.heir or grant.unit
    if unit.kind != UnitKind.COMMUNE:
        return unit
    committee = select(Unit).where(Unit.kind == UnitKind.COMMITTEE, Unit.commune_id.in_(line_of(unit.id)), not_over())
    return db.session.scalars(committee.order_by(Unit.id.desc())).first() or unit


def in_force(column: Any, grant: RoleGrant) -> ColumnElement[bool]:
    """The same as a condition: whether a column of units names the force for which somebody acts, as ever called."""
    if grant.unit.kind != UnitKind.COMMUNE:
        return column.in_(line_of(grant.unit_id))  # type: ignore[no-any-return]
    committees = select(Unit.id).where(Unit.kind == UnitKind.COMMITTEE, Unit.commune_id.in_(line_of(grant.unit_id)))
    return column.in_(committees)  # type: ignore[no-any-return]


def forces_on(commune_id: int, day: date) -> list[Unit]:
    """The forces of the commune's line that existed on a day, in the order of their kinds."""
    held = Unit.valid_from <= day, or_(Unit.valid_to.is_(None), Unit.valid_to >= day)
    found = select(Unit).where(Unit.kind.in_(FORCES), Unit.commune_id.in_(line_of(commune_id)), *held)
    return sorted(db.session.scalars(found), key=lambda unit: (FORCES.index(unit.kind), place_key(unit.name)))


def plan_on(commune_id: int, day: date) -> CoordinationPlan | None:
    """The coordination plan that holds on a day; of several the one dated last."""
    return next((plan for plan in plans_of(commune_id) if plan.valid_on(day)), None)


def plans_of(commune_id: int, *options: Any) -> list[CoordinationPlan]:
    """The coordination plans of the commune's line, the one dated last first; with what the caller needs of them."""
    found = select(CoordinationPlan).where(
        CoordinationPlan.commune_id.in_(line_of(commune_id)), CoordinationPlan.voided_at.is_(None)
    )
    latest_first = found.order_by(CoordinationPlan.dated_on.desc(), CoordinationPlan.id.desc())
    return list(db.session.scalars(latest_first.options(*options)))


def plans_beside(
    commune_id: int, first: date, last: date | None, parties: Collection[Unit], besides: CoordinationPlan | None = None
) -> list[CoordinationPlan]:
    """Plans that hold on some day from one to another, or later, and that two of these forces stand under as well."""
    heirs = {unit.heir_id for unit in parties}
    return [
        plan
        for plan in plans_of(commune_id, with_parties())
        if plan is not besides
        and (last is None or plan.valid_from <= last)
        and (plan.valid_to is None or plan.valid_to >= first)
        and len(heirs & {party.unit.heir_id for party in plan.standing_parties}) > 1
    ]


def with_parties() -> Any:
    """Loads what a page says of a plan."""
    return selectinload(CoordinationPlan.parties).joinedload(CoordinationParty.unit)


def people_in(unit_id: int) -> dict[int, User]:
    """Whoever holds a role in a unit, or in one that it took over, today: by id, in the order of their names."""
    found = (
        select(User)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.unit_id.in_(line_of(unit_id)), holding_on(clock.today()))
        .where(User.disabled_at.is_(None), User.voided_at.is_(None))
        .order_by(User.sort_key, User.id)
    )
    return {user.id: user for user in db.session.scalars(found).unique()}


def is_of(user_id: Any, unit_id: Any, day: Any) -> ColumnElement[bool]:
    """The same as a condition on two columns: whether a user is one of those whom a unit has on a day."""
    named, given = aliased(Unit), aliased(Unit)
    found = (
        select(RoleGrant.id)
        .join(given, given.id == RoleGrant.unit_id)
        .join(named, named.heir_id == given.heir_id)
        .join(User, User.id == RoleGrant.user_id)
        .where(RoleGrant.user_id == user_id, named.id == unit_id, holding_on(day))
        .where(User.disabled_at.is_(None), User.voided_at.is_(None))
    )
    return found.correlate_except(RoleGrant, given, named, User).exists()


def cards_out(user_id: int) -> list[SignInCard]:
    """The cards of somebody that were neither used nor taken back, expired ones too."""
    unused = SignInCard.used_at.is_(None), SignInCard.taken_back_at.is_(None), SignInCard.voided_at.is_(None)
    return list(db.session.scalars(select(SignInCard).where(SignInCard.user_id == user_id, *unused)))


def card_of(code_hash: str) -> SignInCard | None:
    """The card with some digits, by their keyed digest."""
    return db.session.scalar(select(SignInCard).where(SignInCard.code_hash == code_hash))


def units_answered_for(user: User, commune_id: int) -> list[int]:
    """The ids of the forces and villages for which somebody answers, by whatever name they had.

    Of an office that ended only where nobody else holds it: what was theirs to answer is answered by nobody since.
    """
    found: list[int] = []
    line = set(db.session.scalars(line_of(commune_id)))
    for grant in user.grants:
        unit = force_of(grant)
        speaks = grant.role == SPEAKS_FOR.get(unit.kind) and grant.on_behalf_of_id is None
        if not speaks or not grant.has_held or grant.commune_id not in line:
            continue
        others = (one for one in grants_of(grant.role, commune_id) if force_of(one).heir_id == unit.heir_id)
        if grant.standing or all(one.user_id == user.id for one in others):
            found += db.session.scalars(line_of(unit.id))
    return found
