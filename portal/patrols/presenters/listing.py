"""The list of patrols, and what was planned and done in the month."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select

from portal.engine import clock
from portal.engine.listing import Chip, Listing
from portal.engine.text import _l
from portal.law.days import last_of_month
from portal.organisation.queries import force_of, plan_on
from portal.patrols import queries
from portal.patrols.models import Patrol, PatrolKind


@dataclass(frozen=True)
class Month:
    """Plan against done: what the coordination plan asks for, what is planned, what took place."""

    first: date
    asked: int | None  # None where there is no plan
    planned: int
    done: int
    order: int
    border: int

    @property
    def short(self) -> int:
        """How many are missing of what the plan asks for, counting those that are still to come."""
        return max(0, (self.asked or 0) - self.done - self.planned)


def listing(patrols: Select[Any], user: Any, month: date | None = None) -> Listing:
    """All of them or, with *month*, those that began in it or are to."""
    if month:
        patrols = patrols.where(queries.began_within(month, last_of_month(month)))
    unit = force_of(user.acting)
    this = clock.today().replace(day=1)
    chips = (
        Chip("month", _l("This month"), lambda: queries.began_within(this, last_of_month(this))),
        Chip("mine", _l("Waiting for my force"), lambda: queries.waiting_for(unit), "waiting"),
        Chip("planned", _l("Planned and under way"), queries.planned),
        Chip("made", _l("All that took place"), queries.made),
        Chip("cancelled", _l("Cancelled"), lambda: Patrol.state == "cancelled"),
    )
    orders = {"newest": (Patrol.planned_start_at.desc(),)}
    return Listing(patrols, Patrol, chips=chips, orders=orders, options=queries.loaded(), kept=("month",))


def month(commune_id: int, first: date) -> Month:
    """Patrols that began, or are to begin, in a month."""
    last, plan = last_of_month(first), plan_on(commune_id, first)
    done = queries.count_by_kind(commune_id, first, last, queries.made())
    planned = queries.count_by_kind(commune_id, first, last, queries.planned())
    return Month(
        first, plan.patrols_a_month if plan else None, sum(planned.values()), sum(done.values()),
        done.get(PatrolKind.ORDER, 0), done.get(PatrolKind.BORDER, 0),
    )  # fmt: skip
