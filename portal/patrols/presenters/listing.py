"""The list of patrols, of all months or of one."""

from datetime import date
from typing import Any

from sqlalchemy import Select

from portal.engine import clock
from portal.engine.listing import Chip, Listing
from portal.engine.text import _, _l
from portal.law.days import last_of_month
from portal.organisation.queries import force_of
from portal.patrols import queries
from portal.patrols.models import Patrol


def listing(patrols: Select[Any], user: Any, month: date | None = None) -> Listing:
    """All of them or, with *month*, those that began in it or are to."""
    shown = month or clock.today().replace(day=1)
    within = queries.began_within(shown, last_of_month(shown))
    if month:
        patrols = patrols.where(within)
    unit = force_of(user.acting)
    called = _("Month %(month)s", month=f"{month:%m/%Y}") if month else _l("This month")
    chips = (
        Chip("month", called, lambda: within),
        Chip("mine", _l("Waiting for my force"), lambda: queries.waiting_for(unit), "waiting"),
        Chip("planned", _l("Planned and under way"), queries.ahead),
        Chip("unsettled", _l("Not countersigned by every force yet"), queries.unsettled),
        Chip("made", _l("All that took place"), queries.made),
        Chip("cancelled", _l("Cancelled"), lambda: Patrol.state == "cancelled"),
    )
    orders = {"newest": (Patrol.planned_start_at.desc(),)}
    return Listing(patrols, Patrol, chips=chips, orders=orders, options=queries.loaded(), kept=("month",))
