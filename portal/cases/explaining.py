"""Every day that the law computes for a case, in the order of its life, from the reception to the clearance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.cases import law_days
from portal.cases.models import Case, CaseType
from portal.engine import clock
from portal.engine.text import mark
from portal.law import community, reintegration
from portal.law.asking import asked
from portal.law.days import add_months
from portal.law.rule import Due

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
        Part(mark("Rights, hand-over, certificate and end"), tuple(law_days.calendar(case))),
        _clearance(case),
    ]
    return [part for part in found if part.dues or part.missing]


def _reception(case: Case) -> Iterator[Due]:
    """The first day of the supervision, where a sentence is served in the community, and the first steps."""
    numbers = case.regime.PARAMETERS
    if "COM-START-DATE" in numbers.rules and (started := community.supervision_starts(case.received_on, numbers)):
        yield started
    yield from law_days.reception(case)


def _months(case: Case) -> list[Due]:
    """What the running months and quarters ask for, each once."""
    law, this = case.law, clock.today().replace(day=1)
    months = [add_months(this, number) for number in (-1, 0, 1)]
    dues = [due for month in months for due in law.monthly(month)]
    quarters = {(month.year, (month.month - 1) // 3): month for month in (add_months(this, -3), this)}
    dues += [due for month in quarters.values() for due in law.quarterly(month)]
    return sorted(dues, key=lambda due: (due.due_on, due.rule, due.period))


def _clearance(case: Case) -> Part:
    """The estimated clearance of the record, where a penalty ends with the case or has ended before it."""
    title, last = mark("Clearance of the record"), law_days.last_day(case)
    if last is None or case.type not in (*WITHOUT_PRISON, *AFTER_PRISON, CaseType.CONDITIONAL_RELEASE):
        return Part(title, ())
    if case.type in WITHOUT_PRISON:
        return Part(title, _cleared(last.due_on, None, None))
    if case.prison_months is None:
        return Part(title, (), mark("The prison term is not recorded, so the clearance cannot be estimated."))
    if case.type in AFTER_PRISON:
        return Part(title, _cleared(case.starts_on, case.prison_months, last.due_on))
    return Part(title, _cleared(last.due_on, case.prison_months, None))


def _cleared(ended_on: date, prison_months: int | None, additional_ends_on: date | None) -> tuple[Due, ...]:
    return tuple(asked(reintegration.record_clearance, ended_on, prison_months, additional_ends_on))
