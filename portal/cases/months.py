"""The months for which something is to be recorded, and why another month is not asked for."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.cases import law_days, owed
from portal.cases.models import ASSESSMENT_RULES, ROLL_CALL_RULES, SELF_REPORT_RULES, Case, Custody, Death
from portal.cases.seldom import tell_empty
from portal.engine import clock
from portal.engine.refusal import Misfit, Plain, Reason, Refused
from portal.engine.text import mark
from portal.engine.workflow import Step, steps_of
from portal.law.days import add_months
from portal.law.rule import Due

AHEAD = 3  # months in which the next one is looked for


@dataclass(frozen=True)
class Months:
    """The months of a case with regard to one thing that the law asks month by month, by some of its *rules*.

    *taken*: those for which it is recorded already. The form offers by it, and the deed refuses by it. *steps* of the
    case, its *custodies* and *deaths*, where they were asked for together with those of others.
    *ahead*: a month to come, where it is only told what it will ask for.
    """

    case: Case
    rules: tuple[str, ...]
    taken: Collection[date]
    steps: Sequence[Step] | None = None
    custodies: Sequence[Custody] | None = None
    deaths: Sequence[Death] | None = None
    ahead: date | None = None

    @cached_property
    def offered(self) -> list[date]:
        """The months that are asked for and still missing, oldest first, up to the present one."""
        months = (add_months(self._this_month, -back) for back in range(owed.LOOKING_BACK, -1, -1))
        return [month for month in months if self.asks_for(month)]

    @property
    def overdue(self) -> list[date]:
        """Those of the offered months whose last day is past."""
        return [month for month in self.offered if (due := self._due(month)) and due.due_on < clock.today()]

    def asks_for(self, month: date) -> bool:
        """Whether the month is to be recorded; of a quarter, which is asked for once, the last one so far."""
        last = max(self._this_month, self.ahead or self._this_month)
        if not self._earliest <= month <= last or month in self.taken:
            return False
        due = self._due(month)
        return due is not None and self._opened(due) and not self._goes_on(due, month) and not self._as_one(month)

    def refuse_unless_asked(self, month: date) -> None:
        """Raise Refused, at the field of the month, where it is not to be recorded."""
        if not self.asks_for(month):
            raise Refused(Misfit.by("month", self.why_not(month)))

    def why_not(self, month: date) -> Reason:
        """Why a month that is not offered is not to be recorded."""
        if month in self.taken:
            return Plain(mark("%(month)s is recorded already."), month=spelled(month))
        if as_one := self._as_one(month):
            return Plain(mark("Its quarter is recorded already, under %(month)s."), month=spelled(as_one))
        if not self._ever_asked:
            return Plain(mark("The law does not ask for it in a case of this type."))
        if month > self._this_month:
            return Plain(mark("%(month)s has not begun yet."), month=spelled(month))
        if month < add_months(self._this_month, -owed.LOOKING_BACK):
            long_ago = mark("%(month)s lies more than a year back; what was owed then is on paper.")
            return Plain(long_ago, month=spelled(month))
        return self._outside_the_term(month) or self._too_early(month) or self._by_law(month)

    def refuse_too_early(self, month: date, on: date) -> None:
        """Raise Refused, at the day, where what is said of the month was written before its days had begun."""
        due = self._due(month)
        if due is not None and on < opens_on(due) and not self.case.about_to_end:
            raise Refused(Misfit.by("written_on", _not_over(month, due)))

    @property
    def nothing(self) -> list[Reason]:
        """Why there is nothing to record at all, and when the next month is."""
        if self._ever_asked and any(month <= self._this_month for month in self.taken):
            return [Plain(mark("Whatever was asked for so far is recorded.")), *self.following]
        return [self.why_not(self._this_month), *self.following]

    @property
    def following(self) -> list[Reason]:
        """When the next one is; nothing where no other is asked for."""
        coming = (add_months(self._this_month, number) for number in range(AHEAD))
        due = next((due for month in coming if month not in self.taken and (due := self._due(month))), None)
        if due is None:
            return []
        span = {"first": due.opens_on or due.due_on, "last": due.due_on}
        return [Plain(mark("The next one is due from %(first)s to %(last)s."), **span)]

    def _goes_on(self, due: Due, month: date) -> bool:
        """Whether a later month so far is asked for as one with this month."""
        later = (add_months(month, number) for number in range(1, owed.QUARTER))
        return any(
            other <= self._this_month and (its := self._due(other)) is not None and its.period == due.period
            for other in later
        )

    def _as_one(self, month: date) -> date | None:
        """The month under which its quarter is recorded, where the law asks for a quarter as one."""
        return owed.recorded_as_one(self.case, month, self.taken, *self.rules)

    def _outside_the_term(self, month: date) -> Reason | None:
        """Without the days of the term, which a colleague on duty does not read."""
        last = law_days.last_day(self.case)
        if month < self._began.replace(day=1):
            return Plain(mark("%(month)s lies before the supervision began."), month=spelled(month))
        if last and month > last.due_on:
            return Plain(mark("%(month)s lies after the end of the term."), month=spelled(month))
        return None

    def _opened(self, due: Due) -> bool:
        """Whether its days have begun: what is said of a whole month waits until it is over, or the case may end."""
        return self.ahead is not None or opens_on(due) <= clock.today() or self.case.about_to_end

    def _too_early(self, month: date) -> Reason | None:
        due = self._due(month)
        return _not_over(month, due) if due is not None and not self._opened(due) else None

    def _by_law(self, month: date) -> Reason:
        due = owed.of_month(self.case, month, *self.rules)
        if due is not None and owed.on_paper(self.case, due):
            told = mark("The file is kept here from %(day)s on; what was owed for %(month)s is on paper.")
            return Plain(told, day=self.case.kept_from, month=spelled(month))
        if due is not None and self._died_on is not None and due.due_on >= self._died_on:
            return Plain(mark("The person died on %(day)s; nothing is owed from then on."), day=self._died_on)
        if due is not None and self._paused(due.due_on):
            return Plain(mark("The case was suspended in %(month)s."), month=spelled(month))
        if due is not None:
            return Plain(mark("The law asks for it once in a quarter: please take the last month of it."))
        if excuses := self.case.law.excuses(month):
            return excuses[0]
        first = add_months(month, 1)
        if month == self._began.replace(day=1) and owed.of_month(self.case, first, *self.rules):
            begun = mark("The supervision began within %(month)s; the law asks for it from %(first)s on.")
            return Plain(begun, month=spelled(month), first=spelled(first))
        return Plain(mark("The law does not ask for it in %(month)s."), month=spelled(month))

    @property
    def _began(self) -> date:
        return max(self.case.starts_on, self.case.received_on)

    @property
    def _earliest(self) -> date:
        return max(self._began.replace(day=1), add_months(self._this_month, -owed.LOOKING_BACK))

    def _due(self, month: date) -> Due | None:
        due = owed.of_month(self.case, month, *self.rules)
        if due is not None and owed.on_paper(self.case, due):
            return None
        over = due is not None and self._died_on is not None and due.due_on >= self._died_on
        return due if due and not over and not self._paused(due.due_on) else None

    @cached_property
    def _died_on(self) -> date | None:
        """From when nothing is owed any more, also while a second person has still to confirm it."""
        known = self.case.deaths if self.deaths is None else self.deaths
        return self.case.person.died_on or next((one.died_on for one in reversed(known) if one.counts), None)

    @cached_property
    def _paused(self) -> Callable[[date], bool]:
        suspended = owed.paused(steps_of(self.case) if self.steps is None else self.steps)
        return lambda day: suspended(day) or owed.in_custody(self.case, day, self.custodies)

    @cached_property
    def _ever_asked(self) -> bool:
        last = law_days.last_day(self.case)
        months = law_days.months_of(self.case, last.due_on if last else clock.today())
        return any(owed.of_month(self.case, month, *self.rules) for month in months)

    @property
    def _this_month(self) -> date:
        return clock.today().replace(day=1)


def opens_on(due: Due) -> date:
    """The first day on which what the law asks for is done; where its last one is a day off, that before."""
    first = due.opens_on or due.due_on
    return min(first, due.alert_on) if due.alert_on else first


def _not_over(month: date, due: Due) -> Reason:
    told = mark("%(month)s is not over yet; it is assessed from %(day)s on.")
    return Plain(told, month=spelled(month), day=opens_on(due))


def of_self_reports(case: Case) -> Months:
    tell_empty(case)
    return Months(case, SELF_REPORT_RULES, owed.by_month(case.check_ins))


def of_roll_calls(case: Case) -> Months:
    tell_empty(case)
    return Months(case, ROLL_CALL_RULES, owed.by_month(case.roll_calls))


def of_assessments(case: Case) -> Months:
    tell_empty(case)
    return Months(case, ASSESSMENT_RULES, owed.by_month(case.assessments))


def spelled(month: date) -> str:
    """11/2026, as papers write a month."""
    return f"{month:%m/%Y}"
