"""What another date of birth would make of the days of a person's cases, and who asked for it and answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from portal.cases import law_days
from portal.cases.models import BirthCorrection, Case
from portal.cases.presenters.entries import Entry, struck
from portal.cases.queries import running_of
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.presentation import day
from portal.engine.story import StepTold
from portal.engine.text import _, mark, say
from portal.engine.workflow import steps_of
from portal.law import minors
from portal.law.asking import asked
from portal.law.rule import Due
from portal.organisation.presenters import stories

CORRECTIONS = {
    "asked": mark("Another date of birth waits for confirmation"),
    "confirmed": mark("Date of birth corrected by two people"),
    "refused": mark("Another date of birth asked for, and not confirmed"),
}  # by state


@dataclass(frozen=True)
class Moved:
    """A day of the law that another date of birth moves; without *before* it is new, without *after* it falls away."""

    label: str
    number: str
    before: str
    after: str
    due: Due


@dataclass(frozen=True)
class Following:
    """What would follow: the days that move, and whether the person would count as a minor otherwise than now."""

    moved: Sequence[Moved]
    protection: str


def following(correction: BirthCorrection, user: Actor) -> Following:
    """The days of those running cases whose dates the reader may know."""
    cases = running_of(user, correction.case.person)
    return Following([one for case in cases for one in _moved(case, correction.birth_date)], _protection(correction))


def _moved(case: Case, born_on: date | None) -> Iterator[Moved]:
    before = {(due.rule, due.period): due for due in law_days.calendar(case)}
    term = case.term.otherwise(born_on=born_on)
    after = {(due.rule, due.period): due for due in asked(case.regime.calendar, term)}
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        told = new or old
        if told and (old and old.due_on) != (new and new.due_on):
            label = say(told.label)
            yield Moved(label, case.number, day(old.due_on) if old else "", day(new.due_on) if new else "", told)


def _protection(correction: BirthCorrection) -> str:
    """A minor's name is withheld from whoever need not know it."""
    person, today = correction.case.person, clock.today()
    now = minors.of_age(person.birth_date, person.birth_year, today)
    then = minors.of_age(correction.birth_date, correction.birth_year, today)
    if now == then:
        return ""
    if then:
        return _("The person then counts as of age: whoever a minor's name is withheld from reads it.")
    return _("The person then counts as a minor: the name is withheld from whoever need not know it.")


def entry(one: BirthCorrection) -> Entry:
    """As the timeline tells it: never the date itself."""
    on, title = clock.day_of(one.created_at), say(CORRECTIONS[one.state])
    if one.voided_at:
        return Entry(on, "cancelled", title, voided=struck(one), recorded_at=one.created_at)
    url = url_for("cases.birth_correction", id=one.id)
    return Entry(on, one.standing.shape, title, url=url, recorded_at=one.created_at)


def story_of(correction: BirthCorrection) -> list[StepTold]:
    """Who asked for it, by which paper, and who answered; the latest first."""
    return stories.story_of(correction, steps_of(correction), mark("%(who)s asked for another date of birth"))
