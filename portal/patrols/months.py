"""Plan against done: the one definition of what is asked for, planned and made, for whatever speaks of a month.

The list, the page of the months, the reviews and the agendas count by it, so that they cannot say different things.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import Select

from portal.engine import clock
from portal.law.days import add_months, last_of_month
from portal.organisation.models import CoordinationPlan
from portal.patrols.models import PatrolKind
from portal.patrols.models.patrol import GRACE
from portal.patrols.queries import went_within
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
class Tally:
    """A month, a force or a year: *planned* is the sum of all that came of it, also of what was called off."""

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

    @property
    def over(self) -> bool:
        """Whether the month is past, so that nothing more can be planned for it."""
        return self.month is not None and last_of_month(self.month) < clock.today()


def went_between(patrols: Select[Any], first: date, last: date) -> list[Went]:
    """Of some patrols those that began, or are to begin, on a day from one to another, both included."""
    return [Went.of(*one) for one in went_within(patrols, first, last)]


def counted(patrols: Iterable[Went], **more: Any) -> Tally:
    every = list(patrols)
    came, kinds = Counter(one.came_of_it for one in every), Counter(one.kind for one in every if _done(one))
    return Tally(
        len(every), came["done"], kinds[PatrolKind.ORDER], kinds[PatrolKind.BORDER], came["ahead"],
        came["not_started"], came["cancelled"], **more,
    )  # fmt: skip


def _done(one: Went) -> bool:
    return one.came_of_it == "done"


def of_month(patrols: Select[Any], plans: Sequence[CoordinationPlan], first: date) -> Tally:
    """A month of some patrols against the plans of the commune."""
    return counted(went_between(patrols, first, last_of_month(first)), month=first, asked=asked_in(plans, first))


def asked_in(plans: Sequence[CoordinationPlan], first: date) -> int | None:
    """What a month asks for: by the plan that holds on most of its days, also where that one begins or ends within it.

    A month is not divided: a few days of a plan ask for what a whole month does, unless another one holds for longer.
    Of plans that hold equally long the first: `organisation.queries.plans_of` gives the one that was dated last.
    """
    held = [(plan.days_within(first, last_of_month(first)), plan.patrols_a_month) for plan in plans]
    days, asked = max(held, key=lambda one: one[0], default=(0, 0))
    return asked if days else None


def asked_between(plans: Sequence[CoordinationPlan], first: date, last: date) -> int:
    """What the months of a period ask for together, as far as they have come; each month counts whole."""
    return sum(asked_in(plans, month) or 0 for month in months_between(first, min(last, clock.today())))


def months_between(first: date, last: date) -> Iterator[date]:
    """The first days of the months from a day to another, both included."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = add_months(month, 1)
