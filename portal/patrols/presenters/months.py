"""Plan against done, month by month: what the coordination plan asks for, what was planned, and what came of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from portal.engine import clock
from portal.law.days import add_months, last_of_month
from portal.organisation.models import CoordinationPlan, Unit
from portal.patrols.models import PatrolKind
from portal.patrols.models.patrol import GRACE
from portal.patrols.workflow import TOOK_PLACE


@dataclass(frozen=True)
class Went:
    """A patrol as it is counted: the month in which it began, or is to, and its forces of today."""

    month: date
    kind: PatrolKind
    came_of_it: str  # done, ahead, not_started or cancelled
    forces: frozenset[int]

    @classmethod
    def of(cls, kind: PatrolKind, state: str, begins: datetime, planned: datetime, forces: Iterable[int]) -> Self:
        return cls(clock.day_of(begins).replace(day=1), kind, _came_of_it(state, planned), frozenset(forces))


def _came_of_it(state: str, planned: datetime) -> str:
    if state in TOOK_PLACE:
        return "done"
    if state == "cancelled":
        return "cancelled"
    return "not_started" if state == "planned" and clock.now() > planned + GRACE else "ahead"


@dataclass(frozen=True)
class Row:
    """A month, a force or a year: *planned* is the sum of all that came of it."""

    planned: int
    done: int
    order: int
    border: int
    ahead: int  # planned still, or under way
    not_started: int
    cancelled: int
    month: date | None = None
    name: str = ""
    asked: int | None = None  # by the coordination plan; None where there is none

    @property
    def missing(self) -> int:
        """How many are wanting of what the plan asks for, counting those that are still to come."""
        return max(0, (self.asked or 0) - self.done - self.ahead)


def counted(patrols: Iterable[Went], **more: Any) -> Row:
    every = list(patrols)
    came, kinds = Counter(one.came_of_it for one in every), Counter(one.kind for one in every if _done(one))
    return Row(
        len(every), came["done"], kinds[PatrolKind.ORDER], kinds[PatrolKind.BORDER], came["ahead"],
        came["not_started"], came["cancelled"], **more,
    )  # fmt: skip


def _done(one: Went) -> bool:
    return one.came_of_it == "done"


def by_month(patrols: Sequence[Went], year: int, plans: Sequence[CoordinationPlan]) -> list[Row]:
    """Every month of a year up to the next one, also where nothing was, against the plans of the commune."""
    return [
        counted((one for one in patrols if one.month == first), month=first, asked=_asked(plans, first))
        for first in _months(year)
    ]


def _months(year: int) -> list[date]:
    """Up to the month after the present one: further ahead nothing is planned."""
    every = (date(year, month, 1) for month in range(1, 13))
    return [first for first in every if first <= add_months(clock.today().replace(day=1), 1)]


def _asked(plans: Sequence[CoordinationPlan], first: date) -> int | None:
    """By the plan that holds at the end of a month, so that one which begins within it counts."""
    last = last_of_month(first)
    return next((plan.patrols_a_month for plan in plans if plan.valid_on(last)), None)


def by_force(patrols: Sequence[Went], units: Mapping[int, Unit]) -> list[Row]:
    """Each force that was asked along, with its part; a patrol of several forces counts for each of them."""
    rows = (counted((one for one in patrols if key in one.forces), name=unit.title) for key, unit in units.items())
    return [row for row in rows if row.planned]
