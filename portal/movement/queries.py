"""Which figures may measure a criterion, and what a figure of another room says today."""

from collections.abc import Iterable

from flask import current_app
from sqlalchemy import select

from portal.engine import clock
from portal.engine.access import Actor, holds
from portal.engine.db import db
from portal.engine.indicators import Indicator, Period
from portal.movement.models import TitleProgramme
from portal.organisation.models import Unit, line_of


def indicators() -> Iterable[Indicator]:
    """The figures of all rooms."""
    for area in current_app.extensions["areas"]:
        yield from area.indicators


def indicator_named(id: str) -> Indicator | None:
    """The figure of an id; None where the portal has none of that id."""
    return next((one for one in indicators() if one.id == id), None)


def indicators_offered() -> list[tuple[str, str]]:
    return sorted(((one.id, str(one.label)) for one in indicators()), key=lambda pair: pair[1])


def period_of(programme: TitleProgramme) -> Period:
    """The days of a programme up to today, in its commune and those before and after it."""
    last = max(programme.first_on, min(clock.today(), programme.last_on))
    line = select(Unit.id).where(Unit.id.in_(line_of(programme.commune_id))).order_by(Unit.id)
    return Period(programme.first_on, last, tuple(db.session.scalars(line)))


def may_count(reader: Actor, indicator: Indicator) -> bool:
    """Whether a reader may be told a total: of what they may read, or may count."""
    return any(holds(reader, action, indicator.record) for action in ("read", "count"))
