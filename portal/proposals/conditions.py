"""What the law asks of a proposal, one line a condition, its outcome first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal.cases.models import Case
from portal.cases.presenters import law_days
from portal.engine import clock
from portal.engine.presentation import day, told
from portal.engine.refusal import Reason
from portal.engine.text import _, ngettext
from portal.proposals.models import ENDED, AbsenceProposal, CompletionProposal, OpenCaseProposal, Proposal, days_used
from portal.proposals.models.kinds import refuse_absence

NO_EXIT = "COM-NO-EXIT"


@dataclass(frozen=True)
class Condition:
    """One thing that the law asks, with its outcome. The bar of a total shows what is used and what is asked for."""

    result: str  # ok refused note limit
    text: str
    source: str = ""
    confirmed: bool = True
    used_percent: float = 0.0
    asked_percent: float = 0.0
    words: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Leave:
    """An absence as far as it is typed. Both days are included."""

    leaves_on: date
    returns_on: date
    medical: bool = False
    abroad: bool = False


def conditions(proposal: Proposal) -> list[Condition]:
    """What the law asks of a proposal as it stands, and whatever else forbids it."""
    if isinstance(proposal, AbsenceProposal):
        leave = Leave(proposal.leaves_on, proposal.returns_on, proposal.medical, proposal.abroad)
        return of_absence(proposal.case, leave, proposal)
    if isinstance(proposal, CompletionProposal):
        return of_completion(proposal.case, proposal.completed_on, proposal.refusals())
    if isinstance(proposal, OpenCaseProposal):
        return [*_last_day(proposal.case), *_officer(proposal)]
    return _refused(proposal.refusals())


def of_absence(case: Case, leave: Leave, besides: AbsenceProposal | None = None) -> list[Condition]:
    """Each limit with what it leaves, the rest of what forbids it, and what the absence runs into."""
    against = refuse_absence(case, leave.leaves_on, leave.returns_on, leave.medical, leave.abroad, besides)
    if any(not one.rule for one in against):  # no question of numbers: the case is not open, the days are outside
        return _refused(against)
    limits: Any = case.regime.absence_limits(leave.leaves_on, case.regime.term_days(case.term))
    found = [*_limits(case, leave, limits, besides)] if limits else []
    found += _exit(case, leave)
    shown = {one.rule for one in found}
    found += _refused([one for one in against if one.rule not in shown])
    return [*found, *_reports_missed(case, leave)]


def left(case: Case) -> list[Condition]:
    """The limits and what is left of them before both days are typed: nothing is met yet, and nothing broken."""
    limits: Any = case.regime.absence_limits(max(clock.today(), case.starts_on), case.regime.term_days(case.term))
    if limits is None:
        return []
    each = _("At most %(limit)s days at a time", limit=limits.each)
    found = [Condition("limit", each, limits.each_rule.source, limits.each_rule.confirmed)]
    if limits.total is not None:
        found.append(replace(_all(days_used(case), 0, limits), result="limit"))
    return found


def of_completion(case: Case, completed_on: date, against: list[Reason]) -> list[Condition]:
    last = law_days.last_day(case)
    met = not against and last is not None and completed_on >= last.due_on
    text = _("Completed on %(day)s, the last day of the term is %(last)s", day=day(completed_on),
             last=day(last.due_on) if last else "–")  # fmt: skip
    source, confirmed = (last.source, last.confirmed) if last else ("", True)
    return [Condition("ok", text, source, confirmed)] if met else [*_refused(against), *_last_day(case)]


def _limits(case: Case, leave: Leave, limits: Any, besides: AbsenceProposal | None) -> Iterator[Condition]:
    days = (leave.returns_on - leave.leaves_on).days + 1
    asked, used = 0 if leave.medical else days, days_used(case, besides)
    text = _("%(asked)s days, at most %(limit)s at a time", asked=days, limit=limits.each)
    rule = limits.each_rule
    yield Condition("ok" if asked <= limits.each else "refused", text, rule.source, rule.confirmed, rule=rule.rule)
    if limits.total is not None:
        yield _all(used, asked, limits)


def _all(used: int, asked: int, limits: Any) -> Condition:
    rest = limits.total - used - asked
    words = _("Used %(used)s, asked for %(asked)s, of %(limit)s days.", used=used, asked=asked, limit=limits.total)
    more = ngettext("%(num)s day is left.", "%(num)s days are left.", rest) if rest >= 0 else ngettext(
        "%(num)s day too many.", "%(num)s days too many.", -rest)  # fmt: skip
    return Condition(
        "ok" if rest >= 0 else "refused",
        _("%(sum)s days in all, at most %(limit)s", sum=used + asked, limit=limits.total),
        limits.total_rule.source, limits.total_rule.confirmed, _percent(used, limits.total),
        min(_percent(asked, limits.total), 100 - _percent(used, limits.total)), f"{words} {more}",
        limits.total_rule.rule,
    )  # fmt: skip


def _exit(case: Case, leave: Leave) -> list[Condition]:
    """Nobody leaves the country during the term, where the law of the case says so."""
    law = case.regime.PARAMETERS.on(leave.leaves_on)
    if NO_EXIT not in case.regime.PARAMETERS.rules or NO_EXIT not in law:
        return []
    result, rule = "refused" if leave.abroad else "ok", law[NO_EXIT]
    text = _("The journey leads out of Viet Nam") if leave.abroad else _("Not out of Viet Nam")
    return [Condition(result, text, rule.source, rule.confirmed, rule=NO_EXIT)]


def _reports_missed(case: Case, leave: Leave) -> list[Condition]:
    """The self-reports whose days fall into the absence: they are handed in before, or from afar."""
    missed = [
        due
        for due in law_days.self_reports(case, leave.returns_on)
        if due.due_on >= leave.leaves_on and (due.opens_on or due.due_on) <= leave.returns_on
    ]
    if not missed:
        return []
    spans = ", ".join(f"{due.opens_on or due.due_on:%d}–{due.due_on:%d/%m}" for due in missed)
    text = ngettext("%(num)s self-report falls into it", "%(num)s self-reports fall into it", len(missed))
    return [Condition("note", str(text), missed[0].source, missed[0].confirmed, words=spans)]


def _last_day(case: Case) -> Iterator[Condition]:
    if (last := law_days.last_day(case)) is not None:
        text = _("Last day of the term: %(day)s", day=day(last.due_on))
        yield Condition("ok", text, last.source, last.confirmed)


def _officer(opening: OpenCaseProposal) -> Iterator[Condition]:
    """Whoever decides learns that the officer of the decision cannot be asked, and what follows."""
    if opening.officer is not None and opening.state not in ENDED and not opening.can_take:
        text = _("%(name)s is no officer of the commune police today.", name=opening.officer.full_name)
        yield Condition("note", text, words=_("Once the case is open, the chief assigns another."))


def _refused(against: list[Reason]) -> list[Condition]:
    return [Condition("refused", told(one), one.source, one.confirmed, rule=one.rule) for one in against]


def _percent(part: int, whole: int) -> float:
    return round(min(100.0, 100 * part / whole), 1) if whole else 100.0
