"""Opening accounts, closing them, and opening them again."""

from datetime import datetime

from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Refused
from portal.engine.text import mark
from portal.organisation import passwords, reopening
from portal.organisation.actions.doors import end_sessions, forget_halves, set_first_password
from portal.organisation.actions.grants import grant_role
from portal.organisation.models import RoleGrant, Unit, User
from portal.organisation.queries import user_named
from portal.organisation.reopening import Rest


def create_user(username: str, full_name: str, commune: Unit | None, title: str = "", **more: str) -> tuple[User, str]:
    """Open an account. Returns it with its first password, which is shown once and works once."""
    password = passwords.first_password()
    return open_account(username, full_name, commune, passwords.hashed(password), title=title, **more), password


def open_account(username: str, full_name: str, commune: Unit | None, password_hash: str, **more: str) -> User:
    """Open an account with a first password, hashed before. Raises Refused where the user name is taken."""
    if user_named(username) is not None:
        raise Refused(Misfit("username", mark("This user name is taken. Please choose another.")))
    user = User(username=username, full_name=full_name, commune_id=commune.id if commune else None, **more)
    set_first_password(user, password_hash)
    db.session.add(user)
    db.session.flush()
    return user


def edit_account(user: User, full_name: str, title: str, address_word: str, phone: str) -> None:
    """Correct who somebody is. The user name and the commune of an account never change."""
    user.full_name, user.title, user.address_word, user.phone = full_name, title, address_word, phone


def close_account(user: User, reason: str) -> None:
    """Close an account: every browser of it is signed out at once, and no password opens it."""
    if user.disabled_at is not None:
        raise Conflict(user)
    user.disabled_at, user.disabled_reason = clock.now(), reason
    forget_halves(user)
    end_sessions(user)
    audit.note("close_account", user)


def reopen_account(user: User) -> None:
    """Open a closed account again. Roles that open cases wait for the chief or the leader once more."""
    if user.disabled_at is None:
        raise Conflict(user)
    asked, closed_at = reopening.opening_cases(user), user.disabled_at
    rests = [(grant, reopening.rest_of(grant, closed_at)) for grant in asked]
    user.disabled_at, user.disabled_reason = None, ""
    for grant, rest in rests:
        _ask_again(grant, rest, closed_at)
    audit.note("reopen_account", user)


def _ask_again(grant: RoleGrant, rest: Rest | None, closed_at: datetime) -> None:
    """Let a role wait for confirmation. Where it has held, it did until the moment at which the account was closed.

    What does not fit any more is not made anew.
    """
    if rest is None:
        grant.confirmed_at = grant.confirmed_by_id = None
        return
    grant.valid_to, grant.ended_at = clock.day_of(closed_at), closed_at
    if not rest.misfits:
        wanted = rest.wanted
        grant_role(
            grant.user, wanted.role, wanted.unit, wanted.valid_from, wanted.valid_to,
            on_behalf_of=wanted.on_behalf_of, capacity=wanted.capacity, purpose=wanted.purpose,
        )  # fmt: skip


def create_demo_user(
    username: str, full_name: str, commune: Unit | None, title: str, address_word: str, password_hash: str
) -> User:
    """Open an account of an invented person. Its password is known to all, so nobody is asked to change it."""
    user = User(
        username=username, full_name=full_name, title=title, address_word=address_word, password_hash=password_hash,
        commune_id=commune.id if commune else None, must_change_password=False, vouched_at=clock.now(), demo=True,
    )  # fmt: skip
    db.session.add(user)
    db.session.flush()
    return user
