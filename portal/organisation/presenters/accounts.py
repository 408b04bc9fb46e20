"""Accounts as a list shows them, and how each stands."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_
from sqlalchemy.orm import selectinload

from portal.engine import clock
from portal.engine.listing import Chip, Listing
from portal.engine.presentation import told
from portal.engine.text import _, _l
from portal.engine.workflow import State
from portal.organisation import reopening
from portal.organisation.models import OPENS_CASES, RoleGrant, User, holding_on
from portal.organisation.presenters.grants import role_of

CLOSED = State(_l("Closed"), "cancelled")
WAITS = State(_l("Waits for confirmation"), "waiting")
FIRST = State(_l("Has chosen no password yet"), "todo")
IDLE = State(_l("No role today"), "paused")
IN_USE = State(_l("In use"), "active")


def standing(user: User) -> State:
    """How an account stands: its first trouble, else that it is in use."""
    if not user.is_active:
        return CLOSED
    if user.reset_waits or any(grant.standing and grant.needs_confirmation for grant in user.grants):
        return WAITS
    if user.must_change_password:
        return FIRST
    return IN_USE if user.held_today else IDLE


def not_made_anew(user: User) -> list[tuple[str, str]]:
    """Roles that do not come back when the account is opened again, each with why not."""
    return [
        (f"{role_of(rest.grant)}, {rest.grant.unit.name}", " ".join(told(one) for one in rest.misfits))
        for rest in reopening.not_made_anew(user)
    ]


def told_lost(lost: Sequence[tuple[str, str]]) -> str:
    """The same as one paragraph, once it is so; nothing where all came back."""
    if not lost:
        return ""
    roles = "; ".join(f"{role} ({why.rstrip('.')})" for role, why in lost)
    return _("Not made anew: %(roles)s. Give what still holds by hand.", roles=roles)


def listing(accounts: Select[Any]) -> Listing:
    return Listing(
        accounts,
        User,
        chips=CHIPS,
        search=findable,
        orders={"name": (User.sort_key,)},
        options=(selectinload(User.grants),),
    )


def findable(words: str) -> ColumnElement[bool]:
    return or_(User.folded.contains(words, autoescape=True), User.username.contains(words, autoescape=True))


def _open() -> ColumnElement[bool]:
    return and_(User.disabled_at.is_(None), User.voided_at.is_(None))


def _waiting() -> ColumnElement[bool]:
    asked = exists().where(
        RoleGrant.user_id == User.id, RoleGrant.role.in_(OPENS_CASES), RoleGrant.confirmed_at.is_(None),
        RoleGrant.voided_at.is_(None), or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= clock.today()),
    )  # fmt: skip
    return and_(_open(), or_(User.reset_waits.is_(True), asked))


def _without_role() -> ColumnElement[bool]:
    return and_(_open(), ~exists().where(RoleGrant.user_id == User.id, holding_on(clock.today())))


CHIPS: Sequence[Chip] = (
    Chip("open", _l("Open accounts"), _open),
    Chip("waiting", _l("Waiting for confirmation"), _waiting, "waiting"),
    Chip("idle", _l("Without a role today"), _without_role),
    Chip("closed", _l("Closed"), lambda: User.disabled_at.is_not(None)),
)
