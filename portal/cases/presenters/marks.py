"""Every mark of a case with its source: what the law computes, and what became of the duty that follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.cases.models import Case
from portal.cases.presenters import law_days
from portal.cases.presenters.words import away, of_period, told_values, window
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.presentation import day
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
    first_steps = law_days.reception(case)
    following = [*law_days.calendar(case), *(law_days.coming(case) if case.running else ())]
    found = [_mark(due, kept, may_lie_behind=True) for due in first_steps]
    found += [_mark(due, kept, may_lie_behind=not case.running) for due in _each_once(following)]
    found.sort(key=lambda mark: mark.on)
    return Marks([mark for mark in found if not mark.behind], [mark for mark in found if mark.behind])


def _each_once(dues: Iterable[Due]) -> list[Due]:
    """Each due once, by its rule and period."""
    return list({(due.rule, due.period): due for due in dues}.values())


def _mark(due: Due, kept: Mapping[tuple[str, str], Duty], *, may_lie_behind: bool) -> Mark:
    """*may_lie_behind*: without a duty that says otherwise, the past is past."""
    duty = kept.get((due.rule, due.period)) or kept.get((due.rule, ""))
    return Mark(
        on=due.due_on,
        title=of_period(say(due.label), due.period),
        text=_text(due, duty),
        source=due.source,
        confirmed=due.confirmed,
        note=say(due.note, **told_values(due.note_values)) if due.note else "",
        behind=not duty.open if duty else may_lie_behind and due.due_on < clock.today(),
    )


def _text(due: Due, duty: Duty | None) -> str:
    if duty is not None and duty.done_on is not None:
        return _("Done on %(day)s", day=day(duty.done_on))
    if duty is not None and duty.dropped_on is not None:
        return _("No longer needed since %(day)s", day=day(duty.dropped_on))
    if due.kind == "right" and due.due_on <= clock.today():
        return _("Reached, %(away)s", away=away(due.due_on))
    if due.opens_on and due.opens_on < due.due_on:
        return f"{window(due.opens_on, due.due_on).capitalize()}, {away(due.due_on)}"
    return away(due.due_on).capitalize()
