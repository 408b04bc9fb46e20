"""The round of a month: what the law asks of each case in its first days, what is there, and which rating follows.

Roll-call and self-report are those of the month itself, the assessment is that of the month before.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import exists, inspect, literal, select, union_all
from sqlalchemy.orm import selectin_polymorphic

from portal.cases import owed
from portal.cases.models import (
    ASSESSMENT_RULES,
    DECIDED,
    ROLL_CALL_RULES,
    SELF_REPORT_RULES,
    Assessment,
    Case,
    CaseType,
    CheckIn,
    Custody,
    Death,
    RollCall,
    RoundKind,
    Violation,
)
from portal.cases.months import Months
from portal.cases.suggested import Asked, Facts, Suggestion, suggest
from portal.engine import clock
from portal.engine.db import db
from portal.engine.workflow import Step
from portal.law import approval
from portal.law.common import assessing_day
from portal.law.days import add_months
from portal.law.rule import ACT_2025, Due
from portal.lawbook.queries import numbers_of

ASSESSMENTS_CHAIN, ROLL_CALL_CHAIN = "assessments_of_a_month", "roll_call_of_a_month"
SIGNED_BY = {RoundKind.ASSESSMENTS: "COM-ASSESS-MONTHLY", RoundKind.ROLL_CALL: "COM-ROLLCALL"}
ANY_SENTENCE = CaseType.SUSPENDED_SENTENCE  # one signature stands under all: how the turn is read is the same in each


def signs_assessments(month: date, commune_id: int | None) -> approval.Chain:
    """Who signs the assessments of a month, by the law of the day on which it is assessed, as the commune reads it."""
    return approval.chain(ASSESSMENTS_CHAIN, assessing_day(month, numbers_of(commune_id, ANY_SENTENCE)))


def round_of(kind: RoundKind, month: date) -> date:
    """The round in which a month is assessed is that of the month after it; the roll is called in its own."""
    return add_months(month, 1) if kind == RoundKind.ASSESSMENTS else month


def to_be_signed(kind: RoundKind, month: date, commune_id: int | None) -> Due | None:
    """By when what a round recorded of a month is signed and sent up, with the clause; None before there was one."""
    numbers, on = numbers_of(commune_id, ANY_SENTENCE), round_of(kind, month)
    day = assessing_day(month, numbers) if kind == RoundKind.ASSESSMENTS else on
    parameter = numbers.on(day).get(SIGNED_BY[kind])
    return replace(parameter.due(on.replace(day=parameter.count)), opens_on=on) if parameter else None


def first_month_of_chief(commune_id: int) -> date:
    """The first month whose assessments the chief of police signs; those before are the committee's."""
    month = add_months(ACT_2025, -1)
    return month if signs_assessments(month, commune_id).decider == approval.CHIEF else ACT_2025


def assessed_in(month: date) -> date:
    """The month that is assessed in the round of a month."""
    return add_months(month, -1)


@dataclass(frozen=True)
class Kept:
    """What is recorded of a case around the months of a round."""

    check_ins: Sequence[CheckIn] = ()
    roll_calls: Sequence[RollCall] = ()
    assessments: Sequence[Assessment] = ()
    violations: Sequence[Violation] = ()
    permits: Sequence[Any] = ()
    fines: Sequence[Any] = ()
    steps: Sequence[Step] = ()
    custodies: Sequence[Custody] = ()
    deaths: Sequence[Death] = ()


@dataclass(frozen=True)
class Standing:
    """How a case stands in the round of a month: what is recorded, and what is asked for and still missing.

    *coming*: of a month that has not begun, which is only printed for.
    """

    case: Case
    month: date
    kept: Kept
    coming: bool = False

    @cached_property
    def report(self) -> CheckIn | None:
        """The self-report that counts."""
        return owed.by_month(self.kept.check_ins).get(self.month)

    @cached_property
    def returned(self) -> CheckIn | None:
        """The last one that was returned as deficient, while no other came."""
        back = [one for one in self.kept.check_ins if one.month == self.month and one.state == "returned"]
        return back[-1] if back and self.report is None else None

    @cached_property
    def call(self) -> RollCall | None:
        return owed.by_month(self.kept.roll_calls).get(self.month)

    @cached_property
    def assessment(self) -> Assessment | None:
        """What is written of the month before, or of its quarter where the law asks for it as one."""
        written = owed.by_month(self.kept.assessments)
        as_one = owed.recorded_as_one(self.case, self.assessed, written, *ASSESSMENT_RULES)
        return written.get(self.assessed) or (written[as_one] if as_one else None)

    @property
    def assessed(self) -> date:
        return assessed_in(self.month)

    @cached_property
    def asks_report(self) -> bool:
        return self._asks(SELF_REPORT_RULES, self.kept.check_ins, self.month)

    @cached_property
    def report_due(self) -> Due | None:
        """When the law wants the self-report of the month; None where it asks for none."""
        return owed.of_month(self.case, self.month, *SELF_REPORT_RULES)

    def report_late(self, day: date) -> int:
        """How many days late a self-report is that comes on a day."""
        due = self.report_due
        return max(0, (day - due.due_on).days) if due else 0

    @cached_property
    def asks_call(self) -> bool:
        return self._asks(ROLL_CALL_RULES, self.kept.roll_calls, self.month)

    @cached_property
    def asks_assessment(self) -> bool:
        return self._asks(ASSESSMENT_RULES, self.kept.assessments, self.assessed)

    def _asks(self, rules: tuple[str, ...], records: Iterable[Any], month: date) -> bool:
        kept = self.kept
        known = kept.steps, kept.custodies, kept.deaths
        ahead = self.month if self.coming else None
        return Months(self.case, rules, owed.by_month(records), *known, ahead=ahead).asks_for(month)

    @property
    def concerned(self) -> bool:
        """Whether anything is asked of the case in this round, or was recorded."""
        asked = self.asks_call or self.asks_report or self.asks_assessment
        return asked or any((self.call, self.report, self.returned, self.assessment))

    def is_done(self, *, assessed: bool = True) -> bool:
        """Whether nothing is missing; whoever does not assess the case is not asked for that."""
        return not (self.asks_call or self.asks_report or (assessed and self.asks_assessment))

    @property
    def is_absent(self) -> bool:
        return self.call is not None and not self.call.present

    @cached_property
    def suggestion(self) -> Suggestion:
        """The rating that follows from what is recorded of the months assessed, with the reasons."""
        return suggest(self._facts())

    def _paused(self, day: date) -> bool:
        return owed.paused(self.kept.steps)(day) or owed.in_custody(self.case, day, self.kept.custodies)

    def _facts(self) -> Facts:
        months = owed.months_as_one(self.case, self.assessed, *ASSESSMENT_RULES) or [self.assessed]
        kept = self.kept
        return Facts(
            months=[self._asked(month) for month in months], violations=kept.violations, permits=kept.permits,
            fines=kept.fines, custodies=kept.custodies,
        )  # fmt: skip

    def _asked(self, month: date) -> Asked:
        """What the law asked for in a month that is assessed, and what came of it."""
        return Asked(
            month, report_due=self._due(month, SELF_REPORT_RULES), call_due=self._due(month, ROLL_CALL_RULES),
            report=owed.by_month(self.kept.check_ins).get(month), call=owed.by_month(self.kept.roll_calls).get(month),
        )  # fmt: skip

    def _due(self, month: date, rules: tuple[str, ...]) -> Due | None:
        due = owed.of_month(self.case, month, *rules)
        return due if due and not self._paused(due.due_on) and not owed.on_paper(self.case, due) else None


def standings(cases: Sequence[Case], month: date, *, coming: bool = False) -> list[Standing]:
    """How some cases stand in the round of a month, without those of which it asks nothing: a few questions for all.

    With *coming* also of a month that has not begun.
    """
    kept = _kept([one.id for one in cases], month)
    found = (Standing(case, month, kept.get(case.id, Kept()), coming) for case in cases)
    return [one for one in found if one.concerned]


def standing_of(case: Case, month: date) -> Standing:
    """How one case stands in the round of a month."""
    return Standing(case, month, _kept([case.id], month)[case.id])


def may_be_held(month: date) -> bool:
    """Whether the round of a month has begun, and lies no longer back than what is still asked for."""
    this_month = clock.today().replace(day=1)
    return add_months(this_month, -owed.LOOKING_BACK) <= month <= this_month


def is_next(month: date) -> bool:
    """Whether it is the month after the present one: its lists and forms are printed before it begins."""
    return month == add_months(clock.today().replace(day=1), 1)


def _kept(ids: Sequence[int], month: date) -> Mapping[int, Kept]:
    """What is recorded of cases in the months around a round: a quarter may be recorded under any month of it."""
    first, last = add_months(month, -owed.QUARTER), add_months(month, owed.QUARTER - 1)
    found = {
        "check_ins": _by_case(CheckIn, ids, CheckIn.month.between(first, last)),
        "roll_calls": _by_case(RollCall, ids, RollCall.month.between(first, last)),
        "assessments": _by_case(Assessment, ids, Assessment.month.between(first, last)),
        "permits": permits(ids, first),
        "steps": _suspensions(ids),
        **_seldom(ids, first),
    }
    return {one: Kept(**{name: kept.get(one, ()) for name, kept in found.items()}) for one in ids}


def _by_case(record: Any, ids: Sequence[int], *where: Any) -> Mapping[int, Sequence[Any]]:
    asked = select(record).where(record.case_id.in_(ids), *where).order_by(record.id)
    return _grouped(((one.case_id, one) for one in db.session.scalars(asked)) if ids else ())


def _seldom(ids: Sequence[int], since: date) -> Mapping[str, Mapping[int, Sequence[Any]]]:
    """What most cases have none of: one question tells of which there is any, and only those are read.

    The room of the fines stands beside this one.
    """
    fine = inspect(Case).relationships["fines"].mapper.class_
    asked: Mapping[str, tuple[Any, tuple[Any, ...]]] = {
        "violations": (Violation, (Violation.recorded_on >= since,)), "fines": (fine, (fine.decided_on >= since,)),
        "custodies": (Custody, ()), "deaths": (Death, ()),
    }  # fmt: skip
    counting = {name: (record, (*where, record.voided_at.is_(None))) for name, (record, where) in asked.items()}
    any_of = (
        select(literal(name)).where(exists().where(record.case_id.in_(ids), *where))
        for name, (record, where) in counting.items()
    )
    there = set(db.session.scalars(union_all(*any_of))) if ids else ()
    return {name: _by_case(record, ids, *where) for name, (record, where) in counting.items() if name in there}


def permits(ids: Sequence[int], since: date) -> Mapping[int, Sequence[Any]]:
    """The absences that were permitted and last until a day or longer. Their room stands above this one."""
    kind = inspect(Case).relationships["proposals"].mapper
    absence = kind.polymorphic_map["absence"].class_
    base = kind.class_
    asked = select(base).where(
        base.case_id.in_(ids), base.kind == "absence", base.state.in_((*DECIDED, "oral")), base.voided_at.is_(None)
    )
    found = db.session.scalars(asked.options(selectin_polymorphic(base, [absence]))) if ids else ()
    return _grouped((one.case_id, one) for one in found if one.in_effect and one.returns_on >= since)


def _suspensions(ids: Sequence[int]) -> Mapping[int, Sequence[Step]]:
    """The steps by which cases were suspended and resumed."""
    asked = select(Step).where(
        Step.record_type == "case", Step.record_id.in_(ids),
        (Step.from_state == "suspended") | (Step.to_state == "suspended"),
    )  # fmt: skip
    return _grouped((one.record_id, one) for one in db.session.scalars(asked.order_by(Step.at, Step.id)))


def _grouped(pairs: Iterable[tuple[int, Any]]) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return found
