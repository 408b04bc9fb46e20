"""Asking a rule where the law may have no answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from portal.law.results import Due, Ground, Refusal
from portal.law.rule import NotInForceError, Term

NOT_SERVED = "days_not_served"  # where its law does not count days away without permission
EXCUSES = "excused"  # what a regime is asked where its law excuses whoever is away with permission


def credited(regime: Any, days_detained: int | None, starts_on: date) -> int:
    """The days of a term that were served in custody before it; none where the law of a regime counts none."""
    credit = getattr(regime, "detention_credit", None)
    if credit is None or not days_detained:
        return 0
    try:
        return int(credit(days_detained, starts_on))
    except NotInForceError:
        return 0


def refused_start(regime: Any, starts_on: date, decided_on: date) -> list[Refusal]:
    """Why a term may not begin on a day, where the law of a regime ties its start to the judgment or decision."""
    return _refused(regime, "refuse_start", starts_on, decided_on)


def refused_late_start(regime: Any, starts_on: date, received_on: date) -> list[Refusal]:
    """Why a term may not begin after its file was received, where the law of a regime starts it by what is in it."""
    return _refused(regime, "refuse_late_start", starts_on, received_on)


def refused_length(regime: Any, starts_on: date, months: int) -> list[Refusal]:
    """Why a term may not last so many months, where the law of a regime says how long it lasts."""
    return _refused(regime, "refuse_length", starts_on, months)


def _refused(regime: Any, question: str, *facts: Any) -> list[Refusal]:
    """Nothing where the regime does not know the question, or its law did not hold yet."""
    refuse = getattr(regime, question, None)
    try:
        return list(refuse(*facts)) if refuse else []
    except NotInForceError:
        return []


def not_served(regime: Any, stays: Iterable[tuple[date, date]]) -> int:
    """The days away without permission that move the end, first and last included; none where no law says so."""
    count = getattr(regime, NOT_SERVED, None)
    return sum(count(first, last) for first, last in stays) if count else 0


def asked(question: Callable[..., Any], *facts: Any) -> list[Due]:
    """Ask a rule; nothing where no version of it holds."""
    try:
        found = question(*facts)
    except NotInForceError:
        return []
    return list(found) if isinstance(found, Iterable) else [found]


@dataclass(frozen=True)
class Answers:
    """What a regime says of one term. The same facts have the same days, so each question is asked once."""

    regime: Any
    term: Term
    away: Sequence[tuple[date, date]] = ()  # the permitted absences, where the law of the regime asks for them
    _by_month: dict[date, list[Due]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_quarter: dict[date, list[Due]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def last_day(self) -> Due | None:
        """The last day of the term with its reason, or None where the law of the portal does not reach back."""
        return next(iter(asked(self.regime.last_day, self.term)), None)

    @cached_property
    def calendar(self) -> list[Due]:
        """The days that follow from the term alone."""
        return asked(self.regime.calendar, self.term)

    def monthly(self, day: date) -> list[Due]:
        """Whatever is asked in, and about, the month that holds the day."""
        month = day.replace(day=1)
        if month not in self._by_month:
            owed = asked(self.regime.monthly, self.term, month)
            self._by_month[month] = [due for due in owed if self.excused(due) is None]
        return self._by_month[month]

    def with_absence(self, leaves_on: date, returns_on: date) -> "Answers":
        """The same if one more absence were permitted."""
        return Answers(self.regime, self.term, (*self.away, (leaves_on, returns_on)))

    def excused(self, due: Due) -> Ground | None:
        """Why something is not owed by whoever was away with permission, where the law of the regime excuses it."""
        excused = getattr(self.regime, EXCUSES, None)
        return excused(due, self.away) if excused and self.away else None

    def excuses(self, day: date) -> list[Ground]:
        """Why what the law asks for in the month that holds the day is not owed, if all of it is not."""
        owed = asked(self.regime.monthly, self.term, day.replace(day=1)) if self.away else []
        return [ground for due in owed if (ground := self.excused(due)) is not None]

    def quarterly(self, day: date) -> list[Due]:
        """Whatever is asked about the quarter that holds the day."""
        quarter = day.replace(month=day.month - (day.month - 1) % 3, day=1)
        if quarter not in self._by_quarter:
            self._by_quarter[quarter] = asked(self.regime.quarterly, self.term, quarter)
        return self._by_quarter[quarter]
