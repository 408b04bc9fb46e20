"""Coordination plans as pages show them."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_

from portal.engine import clock
from portal.engine.listing import Chip, Listing
from portal.engine.text import _l
from portal.engine.workflow import State
from portal.organisation.models import CoordinationPlan
from portal.organisation.queries import with_parties

HOLDS, TO_COME, OVER = State(_l("In force"), "active"), State(_l("To come"), "todo"), State(_l("Ended"), "done")


def standing(plan: CoordinationPlan) -> State:
    today = clock.today()
    if plan.valid_to is not None and plan.valid_to < today:
        return OVER
    return TO_COME if plan.valid_from > today else HOLDS


def _not_over() -> ColumnElement[bool]:
    today = clock.today()
    return and_(
        or_(CoordinationPlan.valid_to.is_(None), CoordinationPlan.valid_to >= today),
        CoordinationPlan.voided_at.is_(None),
    )


def listing(plans: Select[Any]) -> Listing:
    """The plans that hold, or all of them; the latest first."""
    chips = Chip("present", _l("In force"), _not_over), Chip("all", _l("All plans"))
    orders = {"newest": (CoordinationPlan.valid_from.desc(),)}
    return Listing(plans, CoordinationPlan, chips=chips, orders=orders, options=(with_parties(),))
