"""Which rating follows from what is recorded of a month, and why. The officer confirms or changes it (COM-RATING)."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from portal.cases.models import CheckIn, Custody, CustodyKind, Rating, RollCall, Violation
from portal.engine.presentation import told
from portal.engine.refusal import Plain, Reason
from portal.engine.text import as_on_paper, mark
from portal.law import common
from portal.law.days import next_month
from portal.law.rule import ACT_2025, Due

WINDOW = 5  # days of the next month in which a month is assessed


@dataclass(frozen=True)
class Asked:
    """What the law asked for in a month, if anything, and what came of it."""

    month: date
    report_due: Due | None = None
    call_due: Due | None = None
    report: CheckIn | None = None
    call: RollCall | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of the months that are assessed as one: mostly a single one, before July 2026 also a quarter."""

    months: Sequence[Asked]
    violations: Sequence[Violation] = ()
    permits: Sequence[Any] = ()
    fines: Sequence[Any] = ()
    custodies: Sequence[Custody] = ()

    @property
    def graded(self) -> bool:
        """Whether the law of the last month knows grades."""
        return self.months[-1].month >= ACT_2025

    @property
    def as_one(self) -> bool:
        return len(self.months) > 1

    def away_on(self, day: date) -> bool:
        """Whether an absence was permitted on a day."""
        return any(one.leaves_on <= day <= one.returns_on for one in self.permits)

    @property
    def fined(self) -> list[Any]:
        """The fines of these months that stand."""
        stand = (one for one in self.fines if one.voided_at is None and not one.annulled_on)
        return [one for one in stand if self._within(one.decided_on.replace(day=1))]

    @property
    def charged(self) -> list[Custody]:
        """The criminal charges of these months. Who is detained is not charged by that alone."""
        charges = (one for one in self.custodies if one.counts and one.kind == CustodyKind.CHARGED)
        return [one for one in charges if self._within(one.detained_on.replace(day=1))]

    @property
    def breaches(self) -> list[Violation]:
        return [one for one in self._violations if not one.only_reminded]

    @property
    def reminders(self) -> list[Violation]:
        return [one for one in self._violations if one.only_reminded]

    @property
    def _violations(self) -> list[Violation]:
        return [one for one in self.violations if one.voided_at is None and self._within(month_of(one))]

    def _within(self, month: date) -> bool:
        return any(one.month == month for one in self.months)


def month_of(violation: Violation) -> date:
    """The month in whose assessment a violation counts: that in which it happened or, where it became known once that
    was assessed, that in which it was recorded."""
    happened = violation.occurred_on.replace(day=1)
    in_time = violation.recorded_on <= next_month(happened).replace(day=WINDOW)
    return happened if in_time else violation.recorded_on.replace(day=1)


@dataclass(frozen=True)
class Suggestion:
    """A rating with its reasons; no rating of a month before the grades existed."""

    rating: Rating | None
    reasons: Sequence[Reason]

    @cached_property
    def seal(self) -> str:
        """Tells whether the records say something else than when it was shown."""
        said = [(one.message, sorted(one.numbers.items())) for one in self.reasons]
        return f"{zlib.crc32(repr((self.rating, said)).encode()):x}"

    @property
    def on_paper(self) -> str:
        """The reasons as the assessment keeps them, whoever writes it."""
        with as_on_paper():
            return " ".join(told(one) for one in self.reasons)


def suggest(facts: Facts) -> Suggestion:
    """Who did in time what was asked and broke nothing took an active part; merit is for the officer to add.

    A roll-call that nobody recorded is held against no one.
    """
    of_months = [of(facts, one) for one in facts.months for of in (_of_report, _of_call)]
    rating = common.suggest_rating(
        breaches_recorded=len(facts.breaches),
        reminders=len(facts.reminders),
        active=all(active for active, _reasons in of_months),
        fined=bool(facts.fined),
        criminal_case=bool(facts.charged),
    )
    told = [reason for _active, reasons in of_months for reason in reasons]
    return Suggestion(Rating(rating.value) if facts.graded else None, [*told, *_of_violations(facts)])


def _of_report(facts: Facts, asked: Asked) -> tuple[bool, list[Reason]]:
    due, report = asked.report_due, asked.report
    if report is not None:
        if due is None or report.received_on <= due.due_on or facts.away_on(due.due_on):
            return True, [Plain(mark("Handed the self-report in on %(day)s."), day=report.received_on)]
        late = mark("Handed the self-report in on %(day)s, after %(due)s.")
        return False, [Plain(late, day=report.received_on, due=due.due_on)]
    if due is None:
        return True, []
    if facts.away_on(due.due_on):
        return True, [Plain(mark("Was on permitted leave when the self-report was due."))]
    if facts.as_one:
        return False, [Plain(mark("Has not handed in the self-report that was due by %(day)s."), day=due.due_on)]
    return False, [Plain(mark("Has not handed the self-report in."))]


def _of_call(facts: Facts, asked: Asked) -> tuple[bool, list[Reason]]:
    due, call = asked.call_due, asked.call
    if call is None:
        return True, [Plain(mark("The roll-call is not recorded."))] if due else []
    if call.present:
        return True, [Plain(mark("Was there at the roll-call of %(day)s."), day=call.held_on)]
    if facts.away_on(call.held_on):
        return True, [Plain(mark("Was on permitted leave at the roll-call of %(day)s."), day=call.held_on)]
    return False, [Plain(mark("Was not there at the roll-call of %(day)s."), day=call.held_on)]


def _of_violations(facts: Facts) -> list[Reason]:
    told: list[Reason] = [
        Plain(mark("Reminded because of what happened on %(day)s."), day=one.occurred_on) for one in facts.reminders
    ]
    told += [Plain(mark("A violation of %(day)s is recorded."), day=one.occurred_on) for one in facts.breaches]
    told += [Plain(mark("Fined by a decision of %(day)s."), day=one.decided_on) for one in facts.fined]
    told += [Plain(mark("Charged in a criminal case on %(day)s."), day=one.detained_on) for one in facts.charged]
    return told or [Plain(mark("No violation is recorded."))]
