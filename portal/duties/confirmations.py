"""Which duties accounts make: roles and new passwords that wait for the chief or the leader."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.db import db
from portal.engine.text import _l
from portal.organisation import confirming
from portal.organisation.models import CONFIRMING, Role, RoleGrant, User, line_of

chief, leader = Role.POLICE_CHIEF, Role.COMMUNE_LEADER

ROLE = DutyRule(
    "CONFIRM-ROLE", _l("Confirm a role that opens cases"), _l("%(name)s: a role waits for your confirmation"),
    _l("Look at the role"), "grants.show", chief, ((leader, 1),),
)  # fmt: skip
PASSWORD = DutyRule(
    "CONFIRM-PASSWORD", _l("Confirm a new password that opens cases"),
    _l("%(name)s: a new password waits for your confirmation"), _l("Look at it"), "accounts.confirm_reset", chief,
    ((leader, 1),),
)  # fmt: skip


def of_grant(grant: RoleGrant) -> Iterator[Wanted]:
    """A role that waits; once confirmed the duty is done, refused or ended it is dropped."""
    waits = grant.needs_confirmation and grant.standing and grant.user.is_active
    if waits or grant.confirmed_by_id:
        done_on = clock.day_of(grant.confirmed_at) if grant.confirmed_at else None
        yield Wanted(
            ROLE.id, "", clock.day_of(grant.changed_at), **_owner(confirming.of_grant(grant)),
            values={"name": grant.user.full_name, "user": grant.user_id, "role": str(grant.role)},
            done_on=done_on, done_by_id=grant.confirmed_by_id,
        )  # fmt: skip


def of_account(user: User) -> Iterator[Wanted]:
    """A reset that waits. Each is a duty of its own, dropped when the password was handed over or refused."""
    if user.reset_waits and user.is_active and user.first_half_at:
        key = user.first_half_at.isoformat(timespec="seconds")
        day, owner = clock.day_of(user.first_half_at), _owner(confirming.of_reset(user))
        yield Wanted(PASSWORD.id, key, day, **owner, values={"name": user.full_name})


def _owner(asked: confirming.Asked) -> dict[str, Any]:
    """Whoever may answer. Where nobody may, it waits for whoever comes to hold the office."""
    return {"owner_role": asked.role, "owner_id": asked.user_id}


def _office(held: Iterable[RoleGrant]) -> bool:
    """Whether a change of these roles may change who confirms."""
    return any(grant.role in CONFIRMING for grant in held)


def _roles_in(commune_id: int | None) -> Iterable[RoleGrant]:
    """Roles that wait in a commune: another may have to confirm them when an office is filled or falls vacant."""
    people = select(User.id).where(User.commune_id.in_(line_of(commune_id)))
    waits = RoleGrant.user_id.in_(people), RoleGrant.confirmed_at.is_(None), RoleGrant.voided_at.is_(None)
    return db.session.scalars(select(RoleGrant).where(*waits)).unique() if commune_id else ()


def _resets_in(commune_id: int | None) -> Iterable[User]:
    resets = select(User).where(User.commune_id.in_(line_of(commune_id)), User.reset_waits.is_(True))
    return db.session.scalars(resets).unique() if commune_id else ()


SOURCES = (
    Source(
        RoleGrant,
        (ROLE,),
        of_grant,
        also=(
            (RoleGrant, lambda grant: _roles_in(grant.commune_id) if _office([grant]) else ()),
            (User, lambda user: _roles_in(user.commune_id) if _office(user.grants) else ()),
        ),
    ),
    Source(
        User,
        (PASSWORD,),
        of_account,
        also=(
            (RoleGrant, lambda grant: _resets_in(grant.commune_id) if _office([grant]) else ()),
            (User, lambda user: _resets_in(user.commune_id) if _office(user.grants) else ()),
        ),
    ),
)
