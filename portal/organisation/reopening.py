"""What becomes of the roles of a closed account when it is opened again: for the deed, and to be told beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from portal.engine import clock
from portal.engine.refusal import Misfit
from portal.organisation import fitting
from portal.organisation.fitting import Wanted
from portal.organisation.models import OPENS_CASES, RoleGrant, User


@dataclass(frozen=True)
class Rest:
    """A role that held until the account was closed: what is left of its days, and what does not fit about it now."""

    grant: RoleGrant
    wanted: Wanted
    misfits: list[Misfit]


def opening_cases(user: User) -> list[RoleGrant]:
    """The roles that are asked for once more."""
    return [grant for grant in user.grants if grant.role in OPENS_CASES and grant.standing]


def rest_of(grant: RoleGrant, closed_at: datetime) -> Rest | None:
    """Where a role has held, that time stays as it was, and the rest is a new one; None where it never held."""
    if not (grant.has_held and grant.valid_from <= clock.day_of(closed_at)):
        return None
    wanted = fitting.of_grant(grant, clock.today(), grant.valid_to)
    return Rest(grant, wanted, fitting.misfits(grant.user, wanted, besides=grant))


def not_made_anew(user: User) -> Iterator[Rest]:
    """The roles that would not come back if the account were opened again now."""
    for grant in opening_cases(user) if user.disabled_at else ():
        rest = rest_of(grant, user.disabled_at) if user.disabled_at else None
        if rest is not None and rest.misfits:
            yield rest
