"""Roles that somebody holds, as sentences of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from portal.engine import clock
from portal.engine.access import Actor, reach
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.engine.workflow import State
from portal.organisation.confirming import Asked
from portal.organisation.models import OPENS_CASES, ROLE_NAMES, ROLE_UNITS, UNIT_KIND_NAMES, Role, RoleGrant, User
from portal.organisation.queries import users_named

STRUCK = State(_l("Never held"), "cancelled")
ENDED = State(_l("Ended"), "done")
WAITS = State(_l("Waits for confirmation"), "waiting")
TO_COME = State(_l("To come"), "todo")
HOLDS = State(_l("Holds"), "active")


def standing(grant: RoleGrant) -> State:
    if grant.voided_at is not None:
        return STRUCK
    if not grant.standing:
        return ENDED
    if grant.needs_confirmation:
        return WAITS
    return TO_COME if grant.valid_from > clock.today() else HOLDS


def days(grant: RoleGrant) -> str:
    """From when to when, in words."""
    if grant.valid_to is None:
        return str(_("from %(first)s", first=day(grant.valid_from)))
    return str(_("%(first)s to %(last)s", first=day(grant.valid_from), last=day(grant.valid_to)))


def role_of(grant: RoleGrant) -> str:
    """The role and, for a deputy, for whom."""
    role = str(ROLE_NAMES[grant.role])
    if grant.on_behalf_of is None:
        return f"{role} ({grant.capacity}.)" if grant.capacity else role
    name = grant.on_behalf_of.full_name
    return str(_("%(role)s, on behalf of %(name)s (%(capacity)s.)", role=role, name=name, capacity=grant.capacity))


def confirmation(asked: Asked) -> str:
    """Who is asked to confirm, and where they find it; or that nobody can, and what to do about it."""
    if asked.somebody:
        return str(_("It holds once the chief or the chair has confirmed it; they find it on their page of today."))
    return str(_(
        "It waits, and today nobody can confirm it: the commune has no chief and no chair besides the person and "
        "whoever gave it. Fill one of the two offices; the first of them by the command “users grant” with "
        "“--confirmed-by”, on the machine."
    ))  # fmt: skip


def people_of(grant: RoleGrant) -> tuple[User | None, User | None]:
    """Who gave a role, and who confirmed it."""
    people = users_named({grant.created_by_id, grant.confirmed_by_id})
    return people.get(grant.created_by_id or 0), people.get(grant.confirmed_by_id or 0)


def in_order(grants: Sequence[RoleGrant]) -> list[RoleGrant]:
    """What holds or waits first, then what is over, each the latest first."""
    latest = sorted(grants, key=lambda grant: (grant.valid_from, grant.id), reverse=True)
    return sorted(latest, key=lambda grant: not grant.standing)


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the chief's or leader's word."""

    title: str
    text: str
    since: Any
    url: str


def waiting(user: Actor, grants: Select[Any]) -> list[Waiting]:
    """Roles and resets that this user may confirm, the oldest first."""
    given = db.session.scalars(grants.options(joinedload(RoleGrant.user))).unique()
    resets = db.session.scalars(reach(user, "confirm_reset", User))
    found = [
        *(
            Waiting(
                grant.user.full_name, f"{role_of(grant)}, {grant.unit.name}, {days(grant)}",
                grant.created_at, url_for("grants.show", id=grant.id),
            )
            for grant in given
        ),
        *(
            Waiting(one.full_name, _("A new password"), one.first_half_at, url_for("accounts.confirm_reset", id=one.id))
            for one in resets
        ),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.since, one.url))


@dataclass(frozen=True)
class Offered:
    """A role that can be given, with what it opens and where it is held."""

    role: Role
    label: Any
    kinds: str
    opens_cases: bool


def offered() -> list[Offered]:
    """All roles, in the order in which a commune would fill them."""
    return [Offered(role, label, _kinds(role), role in OPENS_CASES) for role, label in ROLE_NAMES.items()]


def _kinds(role: Role) -> str:
    return ", ".join(str(name) for kind, name in UNIT_KIND_NAMES.items() if kind in ROLE_UNITS[role])
