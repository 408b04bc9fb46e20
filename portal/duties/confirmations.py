"""Which duties accounts make: roles and new passwords that wait for the chief or the leader."""

from collections.abc import Iterator

from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.text import _l
from portal.organisation.models import Role, RoleGrant, User
from portal.organisation.queries import somebody_holds

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
            ROLE.id, "", clock.day_of(grant.changed_at), _owner(grant.user), values={"name": grant.user.full_name},
            done_on=done_on, done_by_id=grant.confirmed_by_id,
        )  # fmt: skip


def of_account(user: User) -> Iterator[Wanted]:
    """A reset that waits. Each is a duty of its own, dropped when the password was handed over or refused."""
    if user.reset_waits and user.is_active and user.first_half_at:
        key = user.first_half_at.isoformat(timespec="seconds")
        yield Wanted(PASSWORD.id, key, clock.day_of(user.first_half_at), _owner(user), values={"name": user.full_name})


def _owner(user: User) -> str:
    """The chief; the leader for whoever is the chief, and while the commune has none."""
    is_chief = any(grant.role == chief and grant.standing for grant in user.grants)
    return leader if is_chief or not somebody_holds(chief, user.commune_id or 0) else chief


SOURCES = (Source(RoleGrant, (ROLE,), of_grant), Source(User, (PASSWORD,), of_account))
