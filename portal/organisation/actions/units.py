"""Setting units up, changing their names, ending them."""

from datetime import date, timedelta

from sqlalchemy import select

from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.engine.voiding import take_out
from portal.organisation.actions.grants import earliest_end
from portal.organisation.fitting import OPEN_END
from portal.organisation.models import NAMED_UNTIL, RoleGrant, Unit, UnitKind
from portal.organisation.queries import grants_in, parts_named
from portal.organisation.unit_codes import free_code


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


def add_unit(commune: Unit, name: str, kind: UnitKind, valid_from: date, superior: str = "", phone: str = "") -> Unit:
    """Add a village or a force to a commune. Raises Refused where one of that name is there already."""
    _refuse_same_name(commune, name)
    unit = create_unit(
        free_code(name, commune.code), name, kind, valid_from, commune=commune, above=commune, superior=superior
    )
    unit.phone = phone
    return unit


def edit_unit(unit: Unit, name: str, superior: str, phone: str, called_since: date | None = None) -> None:
    """Change what a unit is called. Papers that were signed keep the name that they were signed with.

    *called_since*: the first day of a new name; figures up to the day before go on naming the unit as it was called
    then. Without it the old name was written wrongly, and the new one holds for all days.
    """
    if unit.commune and unit.commune_id != unit.id:
        _refuse_same_name(unit.commune, name, unit)
    if called_since is not None:
        _keep_name(unit, name, called_since)
    unit.name, unit.superior, unit.phone = name, superior, phone


def _keep_name(unit: Unit, name: str, since: date) -> None:
    if name == unit.name:
        raise Refused(Misfit("called_since", mark("The name is the same: a day is for a new name.")))
    before = unit.names_before
    first = before[-1][0] + timedelta(days=1) if before else unit.valid_from
    if since <= first:
        told = mark("The unit bears its present name since %(day)s: a new one begins later.")
        raise Refused(Misfit("called_since", told, day=first))
    line = f"{since - timedelta(days=1):{NAMED_UNTIL}} {unit.name}"
    unit.former_names = "\n".join([*unit.former_names.splitlines(), line])
    audit.note("rename_unit", unit)


def _refuse_same_name(commune: Unit, name: str, besides: Unit | None = None) -> None:
    if any(other is not besides for other in parts_named(name, commune.id)):
        raise Refused(Misfit("name", mark("The commune has a unit of this name already.")))


def end_unit(unit: Unit, last_day: date, successor: Unit | None) -> None:
    """End a unit, its last day included, with all roles held in it; a successor stands for it from now on.

    Raises Refused where it is over already, had not begun, roles were held in it later, or the successor is of
    another kind.
    """
    if unit.valid_to is not None and unit.valid_to < clock.today():
        raise Refused(Misfit("last_day", mark("This unit has ended already.")))
    if last_day < unit.valid_from:
        raise Refused(Misfit("last_day", mark("The unit began on %(day)s only."), day=unit.valid_from))
    if (held := last_held(unit)) and last_day < held:
        why = mark("A role was held in this unit until %(day)s: it ends then at the earliest.")
        raise Refused(Misfit("last_day", why, day=held))
    if successor and (successor.kind != unit.kind or successor is unit):
        raise Refused(Misfit("successor_id", mark("Only a unit of the same kind can take this one over.")))
    unit.valid_to = last_day
    for grant in grants_in(unit.id):
        if grant.voided_at is None and (grant.valid_to is None or grant.valid_to > last_day):
            _end_with_unit(grant, last_day)
    if successor:
        take_over(successor, unit)
    audit.note("end_unit", unit)


def last_held(unit: Unit) -> date | None:
    """The last day up to yesterday on which a role was held in a unit; today for one that begins today.

    What was done under a role stays done under it, so the unit was there on that day.
    """
    held = [grant for grant in grants_in(unit.id) if grant.has_held]
    return max((max(grant.valid_from, min(grant.valid_to or OPEN_END, earliest_end())) for grant in held), default=None)


def _end_with_unit(grant: RoleGrant, last_day: date) -> None:
    if grant.valid_from > last_day:
        take_out(grant, mark("unit ended"))
    else:
        grant.valid_to = last_day


def take_over(heir: Unit, *ended: Unit) -> None:
    """Let a unit stand for others that ended: their records, rights and figures are its own from now on."""
    for unit in ended:
        unit.successor_id = heir.id
        for each in db.session.scalars(select(Unit).where(Unit.heir_id == unit.id)):
            each.heir_id = heir.id
    db.session.flush()
