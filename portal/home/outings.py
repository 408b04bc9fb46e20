"""The patrols of today: whoever is to go, or is out already, has no time to look for theirs."""

from typing import Any

from flask import url_for

from portal.engine import clock
from portal.engine.access import Actor, holds, reach
from portal.engine.db import db
from portal.engine.presentation import day_in_margin
from portal.engine.text import _
from portal.patrols.models import Patrol
from portal.patrols.presenters.page import shown_state, span
from portal.patrols.queries import out_on

MOST = 4


def patrols_today(user: Actor) -> list[dict[str, Any]]:
    """Those of the user's force that are to set out today or are under way, these first."""
    if not holds(user, "note", Patrol):
        return []
    mine = reach(user, "note", Patrol).where(out_on(clock.today()))
    under_way = (Patrol.state == "under_way").desc()
    found = db.session.scalars(mine.order_by(under_way, Patrol.planned_start_at, Patrol.id).limit(MOST + 1)).all()
    shown = [_told(one) for one in found[:MOST]]
    return [*shown, _further()] if len(found) > MOST else shown


def _told(patrol: Patrol) -> dict[str, Any]:
    state = shown_state(patrol)
    return {
        "shape": state.shape,
        "title": _titled(patrol),
        "text": state.label,
        "label": _("Open %(number)s", number=patrol.number),
        "url": url_for("patrols.show", id=patrol.id),
    }


def _titled(patrol: Patrol) -> str:
    """Its hours, with the day on which it began or begins where that is not today."""
    if patrol.day == clock.today():
        return _("Patrol today, %(hours)s.", hours=span(patrol))
    return _("Patrol of %(day)s, %(hours)s.", day=day_in_margin(patrol.day), hours=span(patrol))


def _further() -> dict[str, Any]:
    url = url_for("patrols.index", show="planned")
    return {"shape": "none", "text": _("There are more."), "label": _("Planned and under way"), "url": url}
