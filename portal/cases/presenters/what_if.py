"""What a shortening or an absence would make of a case, before anybody proposes it. Nothing of it is written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal.cases import good_conduct, law_days
from portal.cases.models import Case
from portal.cases.presenters.reasons import reason
from portal.cases.presenters.words import of_period
from portal.engine import clock
from portal.engine.presentation import day, noted, told
from portal.engine.refusal import Reason
from portal.engine.text import _, ngettext, say
from portal.law.days import DayOutsideTableError, add_months
from portal.law.rule import AbsenceLimits, Cut, Due, NotInForceError, Term

UNKNOWN = (NotInForceError, DayOutsideTableError)


@dataclass(frozen=True)
class Check:
    """What the law says of it: ok, refused or note, as `components/law.html` draws it."""

    result: str
    text: str
    source: str = ""
    confirmed: bool = True
    note: str = ""


@dataclass(frozen=True)
class Moved:
    """A day of the case, as it stands and as it would; *by* says how far it moves."""

    title: str
    before: str
    after: str
    by: str
    why: str
    source: str
    confirmed: bool


@dataclass(frozen=True)
class Number:
    """A number that changes, of the days left or the months owed."""

    title: str
    before: int
    after: int
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True)
class Outcome:
    """What would come of it; without a day where the law refuses it."""

    checks: Sequence[Check]
    moved: Sequence[Moved] = ()
    numbers: Sequence[Number] = ()
    inside: Sequence[Moved] = ()  # days of the law that fall into an absence
    staying: Sequence[Moved] = ()

    @property
    def refused(self) -> bool:
        return any(check.result == "refused" for check in self.checks)


def of_cut(case: Case, decided_on: date, months: int) -> Outcome | None:
    """What the law says of a cut and, unless it refuses, each day that would move; None where it does not reach."""
    try:
        checks = list(_of_cut(case, decided_on, months))
    except UNKNOWN:
        return None
    if any(check.result == "refused" for check in checks):
        return Outcome(checks)
    after = case.term.otherwise(cuts=(*case.term.cuts, Cut(decided_on, months)))
    moved, staying = _compared(case, after)
    return Outcome(checks, moved, [*_owed(case, after), *_days_left(case, after)], staying=staying)


def _of_cut(case: Case, decided_on: date, months: int) -> Iterator[Check]:
    refusals = case.regime.refuse_cut(case.term, decided_on, months)
    for one in refusals:
        yield checked("refused", one, _possible(case, decided_on))
    yield from _of_conduct(case, decided_on)
    doubts = [] if refusals else case.regime.doubts_about_cut(case.term, decided_on, months)
    for one in doubts:
        yield checked("note", one)
    if not refusals and not doubts:
        yield Check("ok", _("The law has nothing against this cut."))
    if waiting := [one for one in case.term_changes if one.waits and not one.counts]:
        yield Check("note", str(ngettext(
            "A shortening that was recorded waits for confirmation. It is not counted here.",
            "%(num)s shortenings that were recorded wait for confirmation. They are not counted here.", len(waiting),
        )))  # fmt: skip


def _of_conduct(case: Case, on: date) -> Iterator[Check]:
    """What is recorded of the conduct: the law asks for a good one, and gives no number for it."""
    forbidden, against = list(good_conduct.forbidden(case, on)), list(good_conduct.against(case, on))
    for one in forbidden:
        yield checked("refused", one)
    for one in against:
        yield checked("note", one, _("The law asks for good conduct: a proposal has to answer this."))
    if not forbidden and not against:
        yield Check("ok", _("Nothing is recorded that speaks against the conduct. It is weighed when it is proposed."))


def _possible(case: Case, decided_on: date) -> str:
    """The way out: what the law would allow on that day, or from when on it allows anything."""
    limits = case.regime.cut_limits(case.term, decided_on)
    if limits is None:
        return ""
    if limits.most:
        return _("On that day %(least)s to %(most)s months are possible.", least=limits.least, most=limits.most)
    if limits.eligible_on.due_on > decided_on:
        return _("Possible from %(day)s on.", day=day(limits.eligible_on.due_on))
    return ""


def _compared(case: Case, after: Term) -> tuple[list[Moved], list[Moved]]:
    """The days of the term that move, and those that stay, each once, by the day on which they stand."""
    before, then = _by_key(case.law.calendar), _by_key(replace(case.law, term=after).calendar)
    pairs = [(before.get(key), then.get(key)) for key in dict.fromkeys((*before, *then))]
    rows = [(one or other, move_of(one, other)) for one, other in pairs if one or other]
    rows.sort(key=lambda row: row[0].due_on if row[0] else date.max)
    moved = [row for _due, row in rows if row.before != row.after]
    return moved, [row for _due, row in rows if row.before == row.after]


def _by_key(dues: Iterable[Due]) -> Mapping[tuple[str, str], Due]:
    return {(due.rule, due.period): due for due in dues}


def move_of(before: Due | None, after: Due | None) -> Moved:
    shown = after or before
    assert shown is not None  # noqa: S101 - one of the two is there
    return Moved(
        title=of_period(say(shown.label), shown.period),
        before=day(before.due_on) if before else _("not yet"),
        after=day(after.due_on) if after else _("no longer"),
        by=_distance(before.due_on, after.due_on) if before and after else "",
        why=". ".join(word for word in (reason(shown), note_of(shown)) if word),
        source=shown.source,
        confirmed=shown.confirmed,
    )


def note_of(due: Due) -> str:
    return noted(due)


def _distance(before: date, after: date) -> str:
    days = (after - before).days
    if days < 0:
        return str(ngettext("%(num)s day sooner", "%(num)s days sooner", -days))
    return str(ngettext("%(num)s day later", "%(num)s days later", days)) if days else ""


def _owed(case: Case, after: Term) -> list[Number]:
    """How often each monthly or quarterly duty is still to come."""
    before, then = _to_come(case.law), _to_come(replace(case.law, term=after))
    shown = {label: due for label, (due, _count) in {**then, **before}.items()}
    return [
        Number(_("Still to come: %(what)s", what=say(label)), before.get(label, (due, 0))[1],
               then.get(label, (due, 0))[1], due.source, due.confirmed)
        for label, due in shown.items()
        if before.get(label, (due, 0))[1] != then.get(label, (due, 0))[1]
    ]  # fmt: skip


def _to_come(law: Any) -> Mapping[str, tuple[Due, int]]:
    """By their labels, each with one of them and how many there are."""
    today, last = clock.today(), law.last_day
    if last is None:
        return {}
    month, found, counted = today.replace(day=1), {}, Counter[str]()
    for _number in range(law_days.MOST_MONTHS):
        if month > last.due_on:
            break
        dues = [*law.monthly(month), *(law.quarterly(month) if month.month % 3 == 1 or month <= today else ())]
        for due in dues:
            if due.due_on >= today:
                found[due.label] = due
                counted[due.label] += 1
        month = add_months(month, 1)
    return {label: (due, counted[label]) for label, due in found.items()}


def _days_left(case: Case, after: Term) -> list[Number]:
    """All absences together may last a share of the term: a shorter term leaves fewer days of it."""
    before, then = limits_of(case, case.term), limits_of(case, after)
    if before is None or then is None or before.total is None or then.total is None or before.total == then.total:
        return []
    rule = then.total_rule or then.each_rule
    return [Number(_("Days of absence in all"), before.total, then.total, rule.source, rule.confirmed)]


def limits_of(case: Case, term: Term, leaves_on: date | None = None) -> AbsenceLimits | None:
    on = leaves_on or max(clock.today(), case.starts_on)
    limits: AbsenceLimits | None = case.regime.absence_limits(on, case.regime.term_days(term))
    return limits


def checked(result: str, one: Reason, note: str = "") -> Check:
    return Check(result, told(one), one.source, one.confirmed, note)
