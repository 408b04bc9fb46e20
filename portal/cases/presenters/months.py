"""The months for which something is to be recorded, and why another month is not asked for."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.cases import owed
from portal.cases.models import Case
from portal.cases.presenters import law_days
from portal.engine import clock
from portal.engine.presentation import day
from portal.engine.text import _
from portal.engine.workflow import steps_of
from portal.law.days import add_months
from portal.law.rule import Due

AHEAD = 3  # months in which the next one is looked for


@dataclass(frozen=True)
class Months:
    """The months of a case with regard to one thing that the law asks month by month, by some of its *rules*.

    *taken*: those for which it is recorded already.
    """

    case: Case
    rules: tuple[str, ...]
    taken: Collection[date]

    @cached_property
    def offered(self) -> list[date]:
        """The months that are asked for and still missing, oldest first, up to the present one."""
        earliest = add_months(self._this_month, -owed.LOOKING_BACK)
        months = [month for month in law_days.months_of(self.case, clock.today()) if month >= earliest]
        asked = [(due.period, month) for month in months if (due := self._due(month))]
        last_of_each = dict(asked)  # a quarter is asked for once
        return [month for month in last_of_each.values() if month not in self.taken and not self._as_one(month)]

    def why_not(self, month: date) -> str:
        """In words, why a month that is not offered is not to be recorded."""
        if month in self.taken:
            return _("%(month)s is recorded already.", month=spelled(month))
        if as_one := self._as_one(month):
            return _("Its quarter is recorded already, under %(month)s.", month=spelled(as_one))
        if not self._ever_asked:
            return _("The law does not ask for it in a case of this type.")
        if month > self._this_month:
            return _("%(month)s has not begun yet.", month=spelled(month))
        if month < add_months(self._this_month, -owed.LOOKING_BACK):
            return _("%(month)s lies more than a year back; what was owed then is on paper.", month=spelled(month))
        return self._outside_the_term(month) or self._by_law(month)

    @property
    def nothing(self) -> str:
        """In words, why there is nothing to record at all, and when the next month is."""
        if self._ever_asked and any(month <= self._this_month for month in self.taken):
            return " ".join([_("Whatever was asked for so far is recorded."), *self._next()])
        return " ".join([self.why_not(self._this_month), *self._next()])

    @property
    def following(self) -> str:
        """In words, when the next one is; nothing where no other is asked for."""
        return " ".join(self._next())

    def _next(self) -> list[str]:
        coming = (add_months(self._this_month, number) for number in range(AHEAD))
        due = next((due for month in coming if month not in self.taken and (due := self._due(month))), None)
        if due is None:
            return []
        span = {"first": day(due.opens_on or due.due_on), "last": day(due.due_on)}
        return [_("The next one is due from %(first)s to %(last)s.", **span)]

    def _as_one(self, month: date) -> date | None:
        """The month under which its quarter is recorded, where the law asks for a quarter as one."""
        return owed.recorded_as_one(self.case, month, self.taken, *self.rules)

    def _outside_the_term(self, month: date) -> str:
        """Without the days of the term, which a colleague on duty does not read."""
        last = law_days.last_day(self.case)
        if month < self._began.replace(day=1):
            return _("%(month)s lies before the supervision began.", month=spelled(month))
        if last and month > last.due_on:
            return _("%(month)s lies after the end of the term.", month=spelled(month))
        return ""

    def _by_law(self, month: date) -> str:
        due = owed.of_month(self.case, month, *self.rules)
        if due is not None and self._paused(due.due_on):
            return _("The case was suspended in %(month)s.", month=spelled(month))
        if due is not None:
            return _("The law asks for it once in a quarter: please take the last month of it.")
        first = add_months(month, 1)
        if month == self._began.replace(day=1) and owed.of_month(self.case, first, *self.rules):
            return _("The supervision began within %(month)s; the law asks for it from %(first)s on.",
                     month=spelled(month), first=spelled(first))  # fmt: skip
        return _("The law does not ask for it in %(month)s.", month=spelled(month))

    @property
    def _began(self) -> date:
        return max(self.case.starts_on, self.case.received_on)

    def _due(self, month: date) -> Due | None:
        due = owed.of_month(self.case, month, *self.rules)
        return due if due and not self._paused(due.due_on) else None

    @cached_property
    def _paused(self) -> Callable[[date], bool]:
        return owed.paused(steps_of(self.case))

    @cached_property
    def _ever_asked(self) -> bool:
        last = law_days.last_day(self.case)
        months = law_days.months_of(self.case, last.due_on if last else clock.today())
        return any(owed.of_month(self.case, month, *self.rules) for month in months)

    @property
    def _this_month(self) -> date:
        return clock.today().replace(day=1)


def spelled(month: date) -> str:
    """11/2026, as papers write a month."""
    return f"{month:%m/%Y}"
