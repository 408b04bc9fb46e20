"""What incidents have to say at a meeting: how many there were, which ones, and what is still being dealt with."""

from collections.abc import Iterator

from sqlalchemy import func, select

from portal.engine.agenda import AgendaSource, Contribution, Told, counted
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.presentation import day
from portal.engine.text import _, _l, mark
from portal.incidents.indicators import FIRE, LABOUR, SECURITY, TRAFFIC, VALUABLE_TIPS, incidents
from portal.incidents.models import Incident, Outcome
from portal.incidents.wording import called

MOST_LISTED = 12  # incidents that are named one by one


def of_period(period: Period) -> Iterator[Contribution]:
    """What happened, by kind and village: people are never named."""
    figures = [counted(one, period) for one in (*SECURITY, *TRAFFIC[:3], *FIRE, *LABOUR, VALUABLE_TIPS)]
    told = mark("Security, accidents and fires")
    yield Contribution(told, _named(period), (*figures, _open(period)))


def _open(period: Period) -> Told:
    """Incidents up to the end of the period whose outcome nobody has written down."""
    open_ = select(func.count(Incident.id)).where(
        Incident.commune_id.in_(period.communes), Incident.voided_at.is_(None), Incident.outcome == Outcome.PENDING,
        Incident.day <= period.last,
    )  # fmt: skip
    count = db.session.scalar(open_) or 0
    return Told(_("Incidents still being dealt with"), count, "incidents.index?show=pending")


def _named(period: Period) -> str:
    """Which ones these are; of many the figures alone."""
    found = incidents(period).order_by(Incident.day, Incident.id)
    listed = db.session.scalars(found.limit(MOST_LISTED + 1)).all()
    lines = (f"{called(one)}, {one.village.title} ({day(one.day, 'dd/MM')})" for one in listed)
    return "; ".join(lines) if len(listed) <= MOST_LISTED else ""


AGENDA = (AgendaSource("incidents.of_period", _l("Incidents"), "police", 5, of_period),)
