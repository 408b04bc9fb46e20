"""What the law asks of an absence, limit by limit, and what it leaves."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from portal.cases import law_days
from portal.cases.models import Case
from portal.engine import clock
from portal.law.rule import AbsenceLimits, Due, Refusal
from portal.proposals.kinds.absence.asked import goes_up, misfits_of, permitted_by, refuse_visit
from portal.proposals.kinds.absence.leave import Leave, refuse_absence
from portal.proposals.models.conditions import Condition, against, by_due, by_rule

if TYPE_CHECKING:
    from portal.proposals.kinds.absence.model import AbsenceProposal

NO_EXIT = "COM-NO-EXIT"


def of_absence(case: Case, leave: Leave, besides: "AbsenceProposal | None" = None) -> list[Condition]:
    """Each limit with what it leaves, the rest of what forbids it, and what the absence runs into."""
    reasons = [*misfits_of(case, leave), *refuse_absence(case, leave, besides)]
    if any(not one.rule for one in reasons):  # no question of numbers: the case is not open, the days are outside
        return [*against(reasons), *left(case, besides)]
    limits: AbsenceLimits | None = case.regime.absence_limits(leave.leaves_on, case.regime.term_days(case.term))
    found = [*_limits(case, leave, limits, besides)] if limits else []
    found += _exit(case, leave)
    shown = {one.rule for one in found}
    found += against([one for one in reasons if one.rule not in shown])
    found += [*_consent(case, leave), *_proof(leave)]
    return [*found, *_permitted_by(case, leave), *_reports_missed(case, leave)]


def left(case: Case, besides: "AbsenceProposal | None" = None) -> list[Condition]:
    """The limits and what is left of them while no days are typed, or none that could be: nothing is met, or broken."""
    day = max(clock.today(), case.starts_on)
    limits: AbsenceLimits | None = case.regime.absence_limits(day, case.regime.term_days(case.term))
    if limits is None or not case.running:
        return []
    each = by_rule("limit", "each_limit", limits.each_rule, limit=limits.each)
    return [each, *(replace(one, result="limit") for one in _all(case.days_away(besides), 0, limits))]


def _limits(case: Case, leave: Leave, limits: AbsenceLimits, besides: "AbsenceProposal | None") -> Iterator[Condition]:
    asked = leave.days_within_limits
    result = "ok" if asked <= limits.each else "refused"
    yield by_rule(result, "each", limits.each_rule, asked=leave.days, limit=limits.each)
    yield from _all(case.days_away(besides), asked, limits)


def _all(used: int, asked: int, limits: AbsenceLimits) -> Iterator[Condition]:
    """All absences together, where the law bounds them."""
    if limits.total is not None and limits.total_rule is not None:
        result = "ok" if used + asked <= limits.total else "refused"
        yield by_rule(result, "total", limits.total_rule, used=used, asked=asked, limit=limits.total)


def _exit(case: Case, leave: Leave) -> list[Condition]:
    """Whether the law of the case itself says that nobody leaves the country during the term; another's does not."""
    asked = case.regime.refuse_absence(leave.leaves_on, leave.returns_on, 0, 0, abroad=True, medical=True)
    rule: Refusal | None = next((one for one in asked if one.rule == NO_EXIT), None)
    if rule is None:
        return [Condition("note", "exit_not_bounded")] if leave.abroad else []
    law: dict[str, Any] = {
        "source": rule.source,
        "confirmed": rule.confirmed,
        "rule": rule.rule,
        "holds_from": rule.holds_from,
    }
    return [Condition("refused", "exit", **law) if leave.abroad else Condition("ok", "no_exit", **law)]


def _consent(case: Case, leave: Leave) -> list[Condition]:
    """The commune of a banned place agrees to a visit there, or does not."""
    if not case.bounds_visits:
        return []
    if refusals := refuse_visit(case, leave):
        return against(refusals)
    rule = case.regime.PARAMETERS.on(leave.leaves_on)["RB-VISIT"]
    return [by_rule("ok", "consent", rule, number=leave.consent, day=leave.consented_on)]


def _proof(leave: Leave) -> list[Condition]:
    """A treatment is one by the paper of the doctor or of the hospital, which may come after it."""
    if not leave.medical:
        return []
    if not leave.proved:
        return [Condition("note", "proof_missing" if leave.exempt else "proof_failed", {"day": leave.proof_by})]
    return [Condition("ok", "proof", {"number": leave.proof, "day": leave.proof_on})]


def _permitted_by(case: Case, leave: Leave) -> Iterator[Condition]:
    """Who permits it, where that hangs on how far it goes."""
    found = permitted_by(case, leave)
    if found is None:
        return
    result, about = ("note", "sent_up") if goes_up(case, leave) else ("ok", "permitted_here")
    numbers = {"actor": found.actor}
    yield Condition(result, about, numbers, found.source, found.confirmed, found.rule, holds_from=found.holds_from)


def _reports_missed(case: Case, leave: Leave) -> list[Condition]:
    """The self-reports whose days fall into the absence: they are handed in before, or from afar.

    Where the law excuses whoever is away, those of which all days fall into it are not owed.
    """
    law = case.law.with_absence(leave.leaves_on, leave.returns_on)
    missed = [
        due
        for due in law_days.self_reports(case, leave.returns_on)
        if due.due_on >= leave.leaves_on and (due.opens_on or due.due_on) <= leave.returns_on
    ]
    owed = [due for due in missed if law.excused(due) is None]
    found = [by_due("note", "reports", owed[0], num=len(owed), spans=_spans(owed))] if owed else []
    excused = [due for due in missed if due not in owed]
    grounds = [ground for due in excused if (ground := law.excused(due)) is not None]
    return found + [by_rule("note", "excused", one, num=len(excused), spans=_spans(excused)) for one in grounds[:1]]


def _spans(dues: Iterable[Due]) -> str:
    return ", ".join(f"{due.opens_on or due.due_on:%d}–{due.due_on:%d/%m}" for due in dues)
