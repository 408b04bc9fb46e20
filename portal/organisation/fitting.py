"""Whether a role fits: its unit, its days, for whom, and what is held already. Each reason names its field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.engine import clock
from portal.engine.refusal import Misfit
from portal.engine.text import mark
from portal.organisation.models import CAPACITY_NAMES, LIMITED, ROLE_NAMES, ROLE_UNITS, Role, RoleGrant, Unit, User

OPEN_END = date.max
HELD = mark("This role is held in this unit on some of these days already, from %(day)s on.")
WAITS = mark("This role waits for confirmation in this unit for some of these days already, from %(day)s on.")


@dataclass(frozen=True)
class Wanted:
    """A role that somebody is to hold in a unit, from a day to a day, both included."""

    role: Role
    unit: Unit
    valid_from: date
    valid_to: date | None = None
    on_behalf_of: User | None = None
    capacity: str = ""
    purpose: str = ""

    @property
    def last(self) -> date:
        return self.valid_to or OPEN_END


def of_grant(grant: RoleGrant, valid_from: date, valid_to: date | None) -> Wanted:
    """The same role for other days."""
    return Wanted(grant.role, grant.unit, valid_from, valid_to, grant.on_behalf_of, grant.capacity, grant.purpose)


def misfits(user: User, wanted: Wanted, besides: RoleGrant | None = None) -> list[Misfit]:
    """Say all that does not fit; *besides* is the grant that is being corrected."""
    own = (*_unit(user, wanted), *_days(wanted), *_limits(wanted))
    return [*own, *_deputy(user, wanted), *_held(user, wanted, besides)]


def _unit(user: User, wanted: Wanted) -> Iterator[Misfit]:
    if wanted.unit.kind not in ROLE_UNITS[wanted.role]:
        yield Misfit("unit_id", mark("“%(role)s” is not held in a unit of this kind."), role=ROLE_NAMES[wanted.role])
    if not _of_commune(user, wanted.unit):
        yield Misfit("unit_id", mark("The unit belongs to another commune than the account."))


def _of_commune(user: User, unit: Unit) -> bool:
    """Whether the unit stands in the line of the account's commune."""
    theirs = unit.commune or unit
    return user.commune is not None and theirs.heir_id == user.commune.heir_id


def _days(wanted: Wanted) -> Iterator[Misfit]:
    unit = wanted.unit
    if wanted.last < wanted.valid_from:
        yield Misfit("valid_to", mark("The last day cannot lie before the first, %(day)s."), day=wanted.valid_from)
    elif wanted.valid_from < unit.valid_from:
        yield Misfit("valid_from", mark("The unit exists from %(day)s on."), day=unit.valid_from)
    elif unit.valid_to is not None and wanted.last > unit.valid_to:
        yield Misfit("valid_to", mark("The unit ends on %(day)s: no role in it lasts longer."), day=unit.valid_to)


def _limits(wanted: Wanted) -> Iterator[Misfit]:
    if wanted.role not in LIMITED:
        return
    if wanted.valid_to is None:
        yield Misfit("valid_to", mark("This role is for a limited time: please give its last day."))
    if not wanted.purpose.strip():
        yield Misfit("purpose", mark("This role is for a purpose: please say for which."))


def _deputy(user: User, wanted: Wanted) -> Iterator[Misfit]:
    other = wanted.on_behalf_of
    if wanted.capacity and wanted.capacity not in CAPACITY_NAMES:
        yield Misfit("capacity", mark("Please choose one of the list."))
    elif other is None and wanted.capacity not in ("", "Q"):
        yield Misfit("on_behalf_of_id", mark("Please say for whom they sign."))
    elif other is not None and not wanted.capacity:
        yield Misfit("capacity", mark("Please say how they sign for %(name)s."), name=other.full_name)
    if other is not None and other.id == user.id:
        yield Misfit("on_behalf_of_id", mark("Nobody acts on behalf of themselves."))
    elif other is not None and not _holds(other, wanted):
        yield Misfit("on_behalf_of_id", mark("%(name)s does not hold this role in this unit."), name=other.full_name)


def _holds(other: User, wanted: Wanted) -> bool:
    """Whether somebody holds the role themselves, in the same unit, on the first day or later within the days."""
    return other.is_active and any(
        grant.role == wanted.role and grant.unit_id == wanted.unit.id and grant.on_behalf_of_id is None
        and grant.standing and not grant.needs_confirmation and _overlap(grant, wanted)
        for grant in other.grants
    )  # fmt: skip


def _held(user: User, wanted: Wanted, besides: RoleGrant | None) -> Iterator[Misfit]:
    for grant in user.grants:
        if grant is not besides and _same(grant, wanted) and grant.voided_at is None and _overlap(grant, wanted):
            why = WAITS if grant.needs_confirmation else HELD
            yield Misfit("valid_from", why, day=grant.valid_from)
            return


def _same(grant: RoleGrant, wanted: Wanted) -> bool:
    """Whether it is this role in this unit, for the same person."""
    behalf = wanted.on_behalf_of.id if wanted.on_behalf_of else None
    return grant.role == wanted.role and grant.unit_id == wanted.unit.id and grant.on_behalf_of_id == behalf


def waiting(user: User, wanted: Wanted, *, any_days: bool) -> RoleGrant | None:
    """The role as it was given before, if it still waits for confirmation: of the days wanted, or of any."""
    for grant in user.grants:
        days = any_days or (grant.valid_from, grant.valid_to) == (wanted.valid_from, wanted.valid_to)
        if days and _same(grant, wanted) and grant.needs_confirmation and grant.standing:
            return grant
    return None


def _overlap(grant: RoleGrant, wanted: Wanted) -> bool:
    """Whether they share a day. A role that ended in the course of a day may begin anew on it."""
    if grant.ended_at is not None and wanted.valid_from >= clock.day_of(grant.ended_at):
        return False
    return grant.valid_from <= wanted.last and wanted.valid_from <= (grant.valid_to or OPEN_END)
