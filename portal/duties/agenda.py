"""What a meeting is told of duties: how many are past their day, which, and whose. Never of whom they speak."""

from collections.abc import Iterator, Sequence
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
from portal.organisation.queries import force_of, grants_of

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
    for one in late[:MOST]:
        told = {"what": labels.get(one.rule, one.rule), "unit": _unit(one), "day": day(one.since)}
        if one.number == 1:
            line = _("%(what)s, %(unit)s: due %(day)s", **told)
        else:
            line = _("%(what)s, %(unit)s: %(num)s, the oldest due %(day)s", num=one.number, **told)
        yield f"– {line}"
    if rest := sum(one.number for one in late[MOST:]):
        more = ngettext("and %(num)s more", "and %(num)s more", rest)
        yield f"– {more}"


def _unit(one: Late) -> str:
    """The unit that owes it or, where a role does, that of whoever holds the role; its name where nobody holds it."""
    if one.unit_id:
        return db.session.get_one(Unit, one.unit_id).title
    held = grants_of(one.role, one.commune_id)
    return force_of(held[0]).title if held else str(ROLE_NAMES[Role(one.role)])


AGENDA = (AgendaSource("duties.overdue", _l("Duties past their day"), "chair", 30, overdue),)
