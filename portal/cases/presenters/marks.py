"""Every mark of a case with its source: what the law computes, what became of the duty that follows from it, and
every other duty that is still open, above all what is past its day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from flask import url_for

from portal.cases import law_days
from portal.cases.duties import SOURCES
from portal.cases.duties.beginning import entered_young
from portal.cases.models import Case
from portal.cases.presenters.reasons import reason
from portal.cases.presenters.words import away, duty_title, left, of_period, window
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.presentation import day, noted
from portal.engine.text import _, say
from portal.law.rule import Due


@dataclass(frozen=True)
class Mark:
    """A day of the law, in words."""

    on: date
    title: str
    text: str
    source: str
    confirmed: bool
    note: str
    behind: bool
    why: str = ""  # the facts from which it was computed
    late: str = ""  # by how much it is past its day, in words
    rule_url: str = ""  # where the rule of the duty that follows stands, with whose it is and where the law has it


@dataclass(frozen=True)
class Marks:
    """What is ahead or open, and what lies behind."""

    ahead: Sequence[Mark]
    behind: Sequence[Mark]

    @property
    def in_doubt(self) -> bool:
        return any(not mark.confirmed for mark in (*self.ahead, *self.behind))


def marks(case: Case, duties: Sequence[Duty]) -> Marks:
    """Every mark by day. What is past its day and not done stays among those ahead."""
    kept = {(duty.rule, duty.key): duty for duty in duties}
    first_steps = law_days.until_end(case, law_days.reception(case))
    coming = law_days.coming(case) if case.running else []
    dues = _each_once(law_days.until_end(case, [*law_days.calendar(case), *_soonest(coming)]))
    found = [_first(_mark(due, kept, may_lie_behind=True), case, _duty_of(due, kept)) for due in first_steps]
    found += [_mark(due, kept, may_lie_behind=not case.running) for due in dues]
    told = [_duty_of(due, kept) for due in (*first_steps, *dues, *coming)]
    found += [_owed(duty, case) for duty in _others(duties, told)]
    found.sort(key=lambda mark: mark.on)
    return Marks([mark for mark in found if not mark.behind], [mark for mark in found if mark.behind])


def _first(mark: Mark, case: Case, duty: Duty | None) -> Mark:
    """A step of the reception; why nothing is owed of it where its file was entered long after it came."""
    late = not entered_young(case) or (case.kept_from is not None and mark.on < case.kept_from)
    if duty is not None or not mark.behind or not case.running or not late:
        return mark
    entered = _(
        "No duty: the file is kept here from %(day)s on only. Taken as done on paper before; if it is not, do it now.",
        day=day(case.kept_from or clock.day_of(case.created_at)),
    )
    return replace(mark, text=f"{mark.text}. {entered}" if mark.text else entered)


def _each_once(dues: Iterable[Due]) -> list[Due]:
    """Each due once, by its rule and period."""
    return list({(due.rule, due.period): due for due in dues}.values())


def _soonest(dues: Iterable[Due]) -> list[Due]:
    """Of what the law asks for month by month, or quarter by quarter, no more than the next one."""
    found: dict[str, Due] = {}
    for due in sorted(dues, key=lambda due: due.due_on):
        found.setdefault(due.rule, due)
    return [*found.values()]


def _duty_of(due: Due, kept: Mapping[tuple[str, str], Duty]) -> Duty | None:
    return kept.get((due.rule, due.period)) or kept.get((due.rule, ""))


def _others(duties: Iterable[Duty], told: Iterable[Duty | None]) -> list[Duty]:
    """The open duties of the case that no day of the law has told; that a right has opened, its own day tells."""
    already = {duty.id for duty in told if duty is not None}
    return [duty for duty in duties if duty.open and not duty.is_right and duty.id not in already and _of_cases(duty)]


def _of_cases(duty: Duty) -> bool:
    """Not one that waits for a decision on a proposal, which is no mark of the term."""
    return any(source.rule(duty.rule) for source in SOURCES)


def _owed(duty: Duty, case: Case) -> Mark:
    """A duty as a mark, where only the duty says that something is owed."""
    return Mark(
        on=duty.due_on,
        title=duty_title(duty, case),
        text=_until(duty.opens_on, duty.due_on, late=bool(_late(duty))),
        source=duty.source,
        confirmed=duty.confirmed,
        note="",
        behind=False,
        late=_late(duty),
        rule_url=_rule_url(duty.rule),
    )


@cache
def _rules() -> Mapping[str, str]:
    """The rule of duties that each rule of law leads to; a rule of duties leads to itself."""
    declared = [rule for source in SOURCES for rule in source.rules]
    return {law: rule.id for rule in declared for law in (*rule.law, rule.id)}


def _rule_url(rule: str) -> str:
    """The row of a rule on the page of automatic duties; nothing where no duty follows from it."""
    found = _rules().get(rule)
    return url_for("duties.rules", _anchor=f"rule-{found}") if found else ""


def _late(duty: Duty | None) -> str:
    owed = duty is not None and duty.open and not duty.is_right and duty.days_left < 0
    return left(duty.due_on) if duty is not None and owed else ""


def _mark(due: Due, kept: Mapping[tuple[str, str], Duty], *, may_lie_behind: bool) -> Mark:
    """*may_lie_behind*: without a duty that says otherwise, the past is past."""
    duty = _duty_of(due, kept)
    return Mark(
        on=due.due_on,
        title=of_period(say(due.label), due.period),
        text=_text(due, duty),
        source=due.source,
        confirmed=due.confirmed,
        note=noted(due),
        behind=not duty.open if duty else may_lie_behind and due.due_on < clock.today(),
        why=reason(due),
        late=_late(duty),
        rule_url=_rule_url(due.rule),
    )


def _text(due: Due, duty: Duty | None) -> str:
    if duty is not None and duty.done_on is not None:
        return _("Done on %(day)s", day=day(duty.done_on))
    if duty is not None and duty.dropped_on is not None:
        return _("No longer needed since %(day)s", day=day(duty.dropped_on))
    if due.kind == "right" and due.due_on <= clock.today():
        return _("Reached, %(away)s", away=away(due.due_on))
    return _until(due.opens_on, due.due_on, late=bool(_late(duty)))


def _until(opens_on: date | None, due_on: date, *, late: bool) -> str:
    """The window, and how far its end is, unless that is said beside it."""
    told = [window(opens_on, due_on)] if opens_on and opens_on < due_on else []
    words = ", ".join([*told, *([] if late else [away(due_on)])])
    return words[:1].upper() + words[1:]
