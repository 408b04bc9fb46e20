"""Every day that the law computes for a case, in the order of its life, from the reception to the clearance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.cases import law_days
from portal.cases.duties.rules import PRESENT
from portal.cases.models import Case, CaseType
from portal.engine.text import mark
from portal.law import community
from portal.law.asking import asked
from portal.law.rule import Due, in_order
from portal.lawbook.queries import law_of

WITHOUT_PRISON = (CaseType.SUSPENDED_SENTENCE, CaseType.NON_CUSTODIAL_REFORM)
AFTER_PRISON = (CaseType.RESIDENCE_SUPERVISION, CaseType.RESIDENCE_BAN)


@dataclass(frozen=True)
class Part:
    """A part of a case's life and its days; *missing* says what has to be recorded before they can be computed."""

    title: str
    dues: tuple[Due, ...]
    missing: str = ""


def parts(case: Case) -> list[Part]:
    """All parts in which there is something to tell."""
    found = [
        Part(mark("Reception"), tuple(_reception(case))),
        Part(mark("The month before, this month and the next"), tuple(_months(case))),
        Part(mark("Rights, hand-over, certificate and end"), tuple(_of_term(case))),
        _clearance(case),
    ]
    return [part for part in found if part.dues or part.missing]


def _reception(case: Case) -> Iterator[Due]:
    """The first day of the supervision, where a sentence is served in the community, and the first steps."""
    numbers = case.regime.PARAMETERS
    if "COM-START-DATE" in numbers.rules and (started := community.supervision_starts(case.received_on, numbers)):
        yield started
    yield from (one for one in law_days.calendar(case) if one.rule == PRESENT)
    yield from law_days.reception(case)


def _of_term(case: Case) -> list[Due]:
    """The days that follow from the term, but for presenting after a release: that belongs to the reception."""
    return [one for one in law_days.calendar(case) if one.rule != PRESENT]


def _months(case: Case) -> list[Due]:
    """What the running months and quarters ask for, each once."""
    return in_order(law_days.around(case.law))


def _clearance(case: Case) -> Part:
    """The estimated clearance of the record, where a penalty ends with the case or has ended before it."""
    title, last = mark("Clearance of the record"), law_days.last_day(case)
    if last is None or case.type not in (*WITHOUT_PRISON, *AFTER_PRISON, CaseType.CONDITIONAL_RELEASE):
        return Part(title, ())
    if case.type in WITHOUT_PRISON:
        return Part(title, _cleared(case, last.due_on))
    if case.prison_months is None:
        return Part(title, (), mark("The prison term is not recorded, so the clearance cannot be estimated."))
    if case.type in AFTER_PRISON:
        return Part(title, _cleared(case, case.starts_on, last.due_on))
    return Part(title, _cleared(case, last.due_on))


def _cleared(case: Case, ended_on: date, additional_ends_on: date | None = None) -> tuple[Due, ...]:
    """By the numbers of the commune, which the table of those after prison has."""
    prison_months = None if case.type in WITHOUT_PRISON else case.prison_months
    clearance = law_of(case.commune)[CaseType.REINTEGRATION].record_clearance
    return tuple(asked(clearance, ended_on, prison_months, additional_ends_on))
