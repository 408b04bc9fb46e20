"""What an absence would make of a case, before anybody proposes it. Nothing of it is written."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from portal.cases import law_days
from portal.cases.models import Case
from portal.cases.presenters.handout import OWED_BY_PERSON
from portal.cases.presenters.what_if import UNKNOWN, Check, Moved, Number, Outcome, checked, limits_of, move_of, note_of
from portal.cases.presenters.words import of_period, window
from portal.engine import clock
from portal.engine.presentation import day
from portal.engine.text import _, ngettext, say
from portal.law.absence import refuse_late
from portal.law.asking import not_served
from portal.law.days import add_months
from portal.law.rule import AbsenceLimits, Due


@dataclass(frozen=True)
class Away:
    """An absence as far as it is typed; both days are included."""

    leaves_on: date
    returns_on: date
    medical: bool = False
    abroad: bool = False
    consented: bool = False  # the commune of a banned place, to a visit there

    @property
    def days(self) -> int:
        return (self.returns_on - self.leaves_on).days + 1

    def overlaps(self, first: date, last: date) -> bool:
        return first <= self.returns_on and last >= self.leaves_on

    def holds(self, first: date, last: date) -> bool:
        return self.leaves_on <= first and last <= self.returns_on


def of_absence(case: Case, away: Away) -> Outcome | None:
    """What the law says of an absence, what is left of its limits, and which days fall into it."""
    try:
        limits, used = limits_of(case, case.term, away.leaves_on), case.days_away()
        checks = [*_of_absence(case, away, limits, used)]
    except UNKNOWN:
        return None
    if any(check.result == "refused" for check in checks):
        return Outcome(checks)
    moved = list(_if_not_permitted(case, away))
    return Outcome(checks, moved, _used_then(away, limits, used), list(_inside(case, away)))


def _of_absence(case: Case, away: Away, limits: AbsenceLimits | None, used: int) -> Iterator[Check]:
    if limits is None:
        yield Check("note", _("The law of the portal bounds no absence of this type of case."))
        return
    refusals = case.regime.refuse_absence(
        away.leaves_on, away.returns_on, case.regime.term_days(case.term), used,
        abroad=away.abroad, medical=away.medical,
    )  # fmt: skip
    late = refuse_late(limits, away.leaves_on, clock.today(), case.regime.PARAMETERS, medical=away.medical)
    for one in (*refusals, *late):
        yield checked("refused", one, _room(limits, used) if "limit" in one.numbers else "")
    yield from _of_visit(case, away)
    for permit in case.permits:
        if away.overlaps(permit.leaves_on, permit.returns_on):
            days = {"first": day(permit.leaves_on), "last": day(permit.returns_on)}
            yield Check("refused", _("An absence from %(first)s to %(last)s is permitted already.", **days))
    if not refusals:
        each = limits.each_rule
        asked = _("%(days)s days, at most %(limit)s each time.", days=away.days, limit=limits.each)
        text = _("Treatment with papers: its days do not count.") if away.medical else asked
        yield Check("ok", text, each.source, each.confirmed)


def _of_visit(case: Case, away: Away) -> Iterator[Check]:
    """Whether the commune that is to be visited has agreed."""
    if not case.bounds_visits:
        return
    refusals = case.regime.refuse_visit(away.leaves_on, consented=away.consented)
    for one in refusals:
        yield checked("refused", one)
    if not refusals:
        rule = case.regime.PARAMETERS.on(away.leaves_on)["RB-VISIT"]
        yield Check("ok", _("The committee of the place has agreed."), rule.source, rule.confirmed)


def _room(limits: AbsenceLimits, used: int) -> str:
    """The way out: how long an absence may be now."""
    most = limits.each if limits.total is None else max(0, min(limits.each, limits.total - used))
    return str(ngettext("Now at most %(num)s day is possible.", "Now at most %(num)s days are possible.", most))


def _used_then(away: Away, limits: AbsenceLimits | None, used: int) -> list[Number]:
    if limits is None:
        return []
    days = 0 if away.medical else away.days
    rule = limits.total_rule or limits.each_rule
    found = [Number(_("Days of absence used"), used, used + days, rule.source, rule.confirmed)]
    if limits.total is not None:
        left = limits.total - used
        found.append(Number(_("Days of absence left"), left, left - days, rule.source, rule.confirmed))
    return found


def _inside(case: Case, away: Away) -> Iterator[Moved]:
    """What the person owes and what opens for them in the absence, by day; what an official owes goes on."""
    theirs = (due for due in _dues_of(case, away) if due.rule in OWED_BY_PERSON or due.kind in ("right", "end"))
    for due in sorted(theirs, key=lambda one: one.due_on):
        then = _meanwhile(case, due, away) if due.rule in OWED_BY_PERSON else ""
        title = of_period(say(due.label), due.period)
        yield Moved(title, _span(due), then, "", note_of(due), due.source, due.confirmed)


def _meanwhile(case: Case, due: Due, away: Away) -> str:
    """What becomes of something that the person owes."""
    if case.law.with_absence(away.leaves_on, away.returns_on).excused(due):
        return _("is not owed")
    if not away.holds(due.opens_on or due.due_on, due.due_on):
        return _("falls partly into the absence")
    return _("falls into the absence, and stays owed")


def _dues_of(case: Case, away: Away) -> list[Due]:
    month, found = away.leaves_on.replace(day=1), list(case.law.calendar)
    while month <= away.returns_on:
        found += case.law.monthly(month)
        month = add_months(month, 1)
    return [due for due in found if away.overlaps(due.opens_on or due.due_on, due.due_on)]


def _span(due: Due) -> str:
    return window(due.opens_on, due.due_on) if due.opens_on and due.opens_on < due.due_on else day(due.due_on)


def _if_not_permitted(case: Case, away: Away) -> Iterator[Moved]:
    """Of a residence supervision, days away without permission are not counted as served: they move its last day."""
    days = 0 if away.medical else not_served(case.regime, ((away.leaves_on, away.returns_on),))
    if not days:
        return
    without = case.term.otherwise(credit_days=case.term.credit_days - days)
    before, then = law_days.last_day(case), replace(case.law, term=without).last_day
    if before and then:
        row = move_of(before, then)
        yield replace(row, title=_("%(what)s, if it is not permitted", what=row.title))
