"""What a meeting is told of duties: how many are past their day, which, and whose. Never of whom they speak."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from portal.duties.actions import sources
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.agenda import AgendaSource, Contribution, Told
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.presentation import day
from portal.engine.text import _, _l, mark, ngettext
from portal.organisation.models import ROLE_NAMES, Role, Unit
from portal.organisation.queries import first_holders, force_of

MOST = 5  # kinds of duties that are named one by one


class Late(NamedTuple):
    """The duties past their day of one rule and one owner: how many, and since when the oldest."""

    rule: str
    role: str
    unit_id: int | None
    commune_id: int
    since: date
    number: int


def overdue(period: Period) -> Iterator[Contribution]:
    """Nothing where nothing is late: a meeting does not speak of what is in order."""
    late = _late(period.communes)
    if late:
        told = (Told(_("past their day"), sum(one.number for one in late), "duties.overdue"),)
        yield Contribution(mark("Duties past their day"), "\n".join(_lines(late)), told)


def _late(communes: Sequence[int]) -> list[Late]:
    """By rule and owner, the oldest first."""
    of = Duty.rule, Duty.owner_role, Duty.owner_unit_id, Duty.commune_id
    oldest = func.min(Duty.due_on)
    asked = select(*of, oldest, func.count(Duty.id)).where(
        Duty.commune_id.in_(communes), still_open(), Duty.is_right.is_(False), Duty.due_on < clock.today()
    )
    return [Late(*row) for row in db.session.execute(asked.group_by(*of).order_by(oldest, Duty.rule))]


def _lines(late: Sequence[Late]) -> Iterator[str]:
    labels = {rule.id: str(rule.label) for source in sources() for rule in source.rules}
    named = late[:MOST]
    units, roles = _units(named), _roles(named)
    for one in named:
        unit = units[one.unit_id] if one.unit_id else roles[one.role]
        told = {"what": labels.get(one.rule, one.rule), "unit": unit, "day": day(one.since)}
        if one.number == 1:
            line = _("%(what)s, %(unit)s: due %(day)s", **told)
        else:
            line = _("%(what)s, %(unit)s: %(num)s, the oldest due %(day)s", num=one.number, **told)
        yield f"– {line}"
    if rest := sum(one.number for one in late[MOST:]):
        more = ngettext("and %(num)s more", "and %(num)s more", rest)
        yield f"– {more}"


def _units(late: Sequence[Late]) -> Mapping[int, str]:
    """The units that owe something."""
    asked = select(Unit).where(Unit.id.in_({one.unit_id for one in late if one.unit_id}))
    return {unit.id: unit.title for unit in db.session.scalars(asked)}


def _roles(late: Sequence[Late]) -> Mapping[str, str]:
    """Of the roles that owe something the unit of whoever holds it; the name of the role where nobody does. They are of
    one commune and those that it took over, so that any of these says who holds what."""
    names = {one.role: str(ROLE_NAMES[Role(one.role)]) for one in late if not one.unit_id}
    held = first_holders(names, late[0].commune_id) if names else {}
    return {**names, **{role: force_of(grant).title for role, grant in held.items()}}


AGENDA = (AgendaSource("duties.overdue", _l("Duties past their day"), "chair", 30, overdue),)
