"""How a duty about a case is asked for, and of whom."""

from collections.abc import Collection
from datetime import date
from typing import Any

from portal.cases.duties.rules import chief, officer
from portal.cases.models import OWNERS, Case, may_own
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.law.rule import Due
from portal.organisation.models import Role, User


def left_on(gone: User, roles: Collection[Role] = OWNERS) -> date:
    """The last day on which somebody held such a role, or on which their account was open."""
    if gone.disabled_at:
        return clock.day_of(gone.disabled_at)
    last_days = (grant.valid_to for grant in gone.grants if grant.role in roles and grant.valid_to)
    return max(last_days, default=clock.today())


def owner_of(case: Case) -> dict[str, Any]:
    """Whoever owns the case or, once they are no longer in service, the chief."""
    if may_own(case.owner):
        return {"owner_role": officer, "owner_id": case.owner_id}
    return {"owner_role": chief, "owner_id": None}


def wanted(case: Case, rule: str, due_on: date, **more: Any) -> Wanted:
    values = {"month": more.pop("month", "")}
    return Wanted(**{"rule": rule, "key": "", "due_on": due_on, "values": values, **owner_of(case), **more})


def of_law(case: Case, due: Due, rule: str, **more: Any) -> Wanted:
    """A duty of the law's own due, with its source."""
    told = {
        "opens_on": due.opens_on, "alert_on": due.alert_on, "source": due.source, "confirmed": due.confirmed,
        "due_at": clock.at(due.due_at.date(), due.due_at.time()) if due.due_at else None, **more,
    }  # fmt: skip
    return wanted(case, rule, due.due_on, **told)
