"""What is asked of units and accounts more than once."""

from collections.abc import Collection

from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db
from portal.organisation.models import Role, RoleGrant, Unit, UnitKind, User, holding_on, line_of


def first_commune() -> Unit | None:
    """The first commune that was set up; its heir is the one that works today."""
    return db.session.scalar(select(Unit).where(Unit.kind == UnitKind.COMMUNE).order_by(Unit.id).limit(1))


def has_demo() -> bool:
    """Whether the invented accounts of the example commune are there."""
    return bool(db.session.scalar(select(select(User.id).where(User.demo).exists())))


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


def account_named(username: str) -> User | None:
    """The account of a user name, for the sign-in: nobody is signed in yet who could have a right to it."""
    return db.session.scalar(select(User).where(User.username == username))


def users_named(ids: Collection[int]) -> dict[int, User]:
    """The users of some ids, for sentences that name them."""
    found = db.session.scalars(select(User).where(User.id.in_(ids))) if ids else ()
    return {user.id: user for user in found}


def villages(commune_id: int) -> list[Unit]:
    """The villages of the commune's line that exist today, by name."""
    found = (
        select(Unit)
        .where(Unit.kind == UnitKind.VILLAGE, Unit.commune_id.in_(line_of(commune_id)))
        .where(Unit.valid_to.is_(None) | (Unit.valid_to >= clock.today()))
        .order_by(Unit.name)
    )
    return list(db.session.scalars(found))
