"""What is written down of a death, and of what the agency and the court did about it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.cases.models import Case, CaseType, Death
from portal.engine import clock
from portal.engine.db import db, touch
from portal.engine.refusal import Conflict, Misfit, Plain, Reason, Refused
from portal.engine.text import mark

BY_STOP = mark("The management of a drug user who died is stopped by a decision: propose the stop.")
NOT_OPEN = mark("The case is not open.")
RECORDED = mark("The death is recorded already.")
BEFORE_JUDGMENT = mark(
    "By the file the judgment is of %(day)s, and nobody is judged after their death. "
    "Correct the day that is wrong first."
)
FUTURE = mark("The day lies in the future.")


def record_death(case: Case, died_on: date, known_on: date, paper: str) -> Death:
    """Write down that the person died, by the extract of the death register. A second person confirms it, which closes
    the case; from now on nothing is asked for that the person would owe.

    Raises Conflict where it is recorded already, Refused where the days contradict one another.
    """
    if not case.running:
        raise Refused(Plain(NOT_OPEN))
    if case.type == CaseType.DRUG_USER_MANAGEMENT:
        raise Refused(Plain(BY_STOP))
    if before := case.death:
        raise Conflict(before, Plain(RECORDED))
    if against := [*_against(case, died_on, known_on)]:
        raise Refused(*against)
    death = Death(case=case, commune_id=case.commune_id, died_on=died_on, known_on=known_on, paper=paper)
    db.session.add(death)
    touch(case)
    db.session.flush()
    return death


def _against(case: Case, died_on: date, known_on: date) -> Iterator[Reason]:
    for name, day in (("died_on", died_on), ("known_on", known_on)):
        if day > clock.today():
            yield Misfit(name, FUTURE)
    if known_on < died_on:
        yield Misfit("known_on", mark("Nobody knew of it before it happened."))
    later = [one.received_on for one in case.check_ins if one.counts and one.received_on > died_on]
    later += [one.held_on for one in case.roll_calls if one.counts and one.present and one.held_on > died_on]
    later += [one.given_on for one in case.warnings if not one.voided_at and one.given_on and one.given_on > died_on]
    later += [case.reception_on] if case.reception_on and case.reception_on > died_on else []
    if later:
        told = mark("By what is recorded the person came on %(day)s. Strike out what is wrong first.")
        yield Misfit("died_on", told, day=max(later))
    if case.judgment_on and case.judgment_on > died_on:
        yield Misfit("died_on", BEFORE_JUDGMENT, day=case.judgment_on)


def doubts(death: Death) -> Iterator[Reason]:
    """What the second person weighs: none of it rules the death out, but a wrong day or person would look like it.

    Papers may come, and a term may begin on paper, after somebody died.
    """
    case, died_on = death.case, death.died_on
    if case.starts_on > died_on:
        yield Plain(mark("By the file the term began only on %(day)s."), day=case.starts_on)
    if case.received_on > died_on:
        yield Plain(mark("The papers of the case came only on %(day)s."), day=case.received_on)
    later = [one.happened_on for one in case.contacts if not one.voided_at and one.happened_on > died_on]
    if later:
        yield Plain(mark("A contact is recorded on %(day)s."), day=max(later))
    breaches = [one.occurred_on for one in case.violations if not one.voided_at and one.occurred_on > died_on]
    if breaches:
        yield Plain(mark("A breach is recorded of %(day)s."), day=max(breaches))


def record_what_followed(death: Death, **told: Any) -> Death:
    """Write down when the death was reported to the agency and, as it comes in, what agency and court did.

    Raises Refused where the days contradict one another.
    """
    if not death.counts:
        raise Refused(Plain(mark("This entry counts no more.")))
    before = death.known_on
    against: list[Reason] = []
    for name in ("reported_on", "court_told_on", "decided_on"):
        day = told[name]
        if day and day > clock.today():
            against.append(Misfit(name, FUTURE))
        elif day and day < before:
            against.append(Misfit(name, mark("This follows what was done on %(day)s."), day=before))
        before = max(before, day) if day else before
    if against:
        raise Refused(*against)
    for name, value in told.items():
        setattr(death, name, value)
    return death
