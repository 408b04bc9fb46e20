"""What can be done with units, accounts and roles."""

from datetime import date, timedelta

from sqlalchemy import select

from portal.engine import audit, clock
from portal.engine.db import db
from portal.organisation import passwords
from portal.organisation.models import Role, RoleGrant, Unit, UnitKind, User

FIRST_PASSWORD_DAYS = 7


def create_unit(
    code: str, name: str, kind: UnitKind, valid_from: date, *, commune: Unit | None = None, above: Unit | None = None,
    superior: str = "", valid_to: date | None = None,
) -> Unit:  # fmt: skip
    """Set a unit up. It is its own heir until another takes it over."""
    unit = Unit(
        code=code, name=name, kind=kind, valid_from=valid_from, valid_to=valid_to, superior=superior,
        commune_id=commune.id if commune else None, parent_id=above.id if above else None,
    )  # fmt: skip
    db.session.add(unit)
    db.session.flush()
    unit.heir_id = unit.id
    if kind == UnitKind.COMMUNE:
        unit.commune_id = unit.id
    db.session.flush()
    return unit


def create_user(username: str, full_name: str, commune: Unit | None, title: str = "", **more: str) -> tuple[User, str]:
    """Open an account. Returns it with its first password, which is shown once and works once."""
    password = passwords.first_password()
    user = User(username=username, full_name=full_name, title=title, commune_id=commune.id if commune else None, **more)
    set_first_password(user, password)
    db.session.add(user)
    db.session.flush()
    return user, password


def set_first_password(user: User, password: str) -> None:
    user.password_hash = passwords.hashed(password)
    user.must_change_password = True
    user.first_password_until = clock.now() + timedelta(days=FIRST_PASSWORD_DAYS)


def change_password(user: User, password: str) -> None:
    user.password_hash, user.password_changed_at = passwords.hashed(password), clock.now()
    user.must_change_password, user.first_password_until = False, None
    audit.note("change_password", user)


def grant_role(
    user: User, role: Role, unit: Unit, valid_from: date, valid_to: date | None = None, *,
    on_behalf_of: User | None = None, capacity: str = "", purpose: str = "",
) -> RoleGrant:  # fmt: skip
    """Give a role in a unit from a day to a day. Where it opens cases it holds once `confirm_grant` was called."""
    grant = RoleGrant(
        user=user, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to,
        on_behalf_of=on_behalf_of, capacity=capacity, purpose=purpose,
    )  # fmt: skip
    db.session.add(grant)
    db.session.flush()
    return grant


def confirm_grant(grant: RoleGrant, by: User | None) -> None:
    """Confirm a role that opens cases."""
    grant.confirmed_at, grant.confirmed_by_id = clock.now(), by.id if by else None
    audit.note("confirm", grant)


def take_over(heir: Unit, *ended: Unit) -> None:
    """Let a unit stand for others that ended: their records, rights and figures are its own from now on."""
    for unit in ended:
        unit.successor_id = heir.id
        for each in db.session.scalars(select(Unit).where(Unit.heir_id == unit.id)):
            each.heir_id = heir.id
    db.session.flush()


def create_demo_user(
    username: str, full_name: str, commune: Unit | None, title: str, address_word: str, password_hash: str
) -> User:
    """Open an account of an invented person. Its password is known to all, so nobody is asked to change it."""
    user = User(
        username=username, full_name=full_name, title=title, address_word=address_word, password_hash=password_hash,
        commune_id=commune.id if commune else None, must_change_password=False, demo=True,
    )  # fmt: skip
    db.session.add(user)
    db.session.flush()
    return user
