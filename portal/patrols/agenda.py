"""What patrols have to say at a meeting: what was done against the plan, what was recommended, where nobody came by."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from portal.engine.agenda import AgendaSource, Contribution, Told, counted
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.text import _, _l, mark
from portal.organisation.queries import plans_of
from portal.patrols.indicators import INDICATORS
from portal.patrols.models import Patrol
from portal.patrols.months import asked_in
from portal.patrols.presenters.coverage import coverage
from portal.patrols.queries import began_within, count_by_kind, made, unsettled

MOST_NAMED = 5  # points that nobody passed for long; the page tells the rest
MOST_LISTED = 12  # patrols that are named one by one
EVER = date(1900, 1, 1)  # what is open waits on every agenda, from whichever period


def done(period: Period) -> Iterator[Contribution]:
    """How many patrols took place, against what the coordination plan asks for each month."""
    commune_id = period.communes[0]
    a_month = asked_in(plans_of(commune_id), period.last.replace(day=1))
    asked = [] if a_month is None else [Told(_("Asked for by the plan, a month"), a_month, "plans.index")]
    waiting = count_by_kind(commune_id, EVER, period.last, unsettled())
    figures = [
        *(counted(one, period) for one in INDICATORS),
        Told(_("Not countersigned by every force yet"), sum(waiting.values()), "patrols.index?show=unsettled"), *asked,
    ]  # fmt: skip
    yield Contribution(mark("Joint patrols"), _named(period), tuple(figures))


def _named(period: Period) -> str:
    """Which patrols these are, by number and day; of more than a month has the figures alone."""
    within = Patrol.commune_id.in_(period.communes), made(), began_within(period.first, period.last)
    found = db.session.scalars(select(Patrol).where(*within).order_by(Patrol.started_at).limit(MOST_LISTED + 1)).all()
    return ", ".join(f"{one.number} ({one.day:%d/%m})" for one in found) if len(found) <= MOST_LISTED else ""


def recommended(period: Period) -> Iterator[Contribution]:
    """Each patrol whose recommendation is still open; what is agreed returns to it."""
    asked = select(Patrol).where(
        Patrol.commune_id.in_(period.communes), made(), Patrol.recommendation != "", Patrol.state != "closed",
        began_within(EVER, period.last),
    )  # fmt: skip
    for patrol in db.session.scalars(asked.order_by(Patrol.number)):
        yield Contribution(
            mark("Recommended by patrol %(number)s"), patrol.recommendation, subject=patrol,
            values={"number": patrol.number},
        )  # fmt: skip


def left_alone(period: Period) -> Iterator[Contribution]:
    """Points that nobody passed for more than a month."""
    long = [row for row in coverage(period.communes[0], period.last) if row.long_ago]
    if long:
        names = ", ".join(row.landmark.name for row in long[:MOST_NAMED])
        yield Contribution(
            mark("Points that nobody passed for long"), names,
            (Told(_("Points that nobody passed for more than a month"), len(long), "coverage.show"),),
        )  # fmt: skip


AGENDA = (
    AgendaSource("patrols.done", _l("Joint patrols"), "military", 10, done),
    AgendaSource("patrols.recommended", _l("Recommendations of patrols"), "military", 20, recommended),
    AgendaSource("patrols.coverage", _l("Points that nobody passed for long"), "border", 10, left_alone),
)
