"""What a meeting is told of duties: how many are past their day, and whose they are. Never of whom they speak."""

from collections.abc import Iterator

from sqlalchemy import func, select

from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.agenda import AgendaSource, Contribution, Told
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.text import _, _l
from portal.organisation.models import ROLE_NAMES, Role


def overdue(period: Period) -> Iterator[Contribution]:
    """Nothing where nothing is late: a meeting does not speak of what is in order."""
    count = func.count(Duty.id)
    asked = select(Duty.owner_role, count).where(
        Duty.commune_id.in_(period.communes), still_open(), Duty.is_right.is_(False), Duty.due_on < clock.today()
    )
    found = db.session.execute(asked.group_by(Duty.owner_role).order_by(count.desc(), Duty.owner_role)).all()
    if found:
        told = tuple(Told(str(ROLE_NAMES[Role(role)]), number, "duties.overdue") for role, number in found)
        yield Contribution(_("Duties past their day"), figures=told)


AGENDA = (AgendaSource("duties.overdue", _l("Duties past their day"), "chair", 30, overdue),)
