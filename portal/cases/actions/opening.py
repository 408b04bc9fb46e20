"""Taking a file on: the person, the papers, the number."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from portal.cases.models import Case, CaseType
from portal.cases.queries import is_kept_elsewhere
from portal.engine.db import db
from portal.engine.numbering import next_number
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.law import REGIMES
from portal.law.asking import credited, refused_late_start, refused_length, refused_start
from portal.law.days import add_months
from portal.organisation.models import Unit, UnitKind, User, line_of
from portal.people.actions import change_person, differing
from portal.people.models import Person


def next_case_number(commune_id: int, year: int) -> str:
    """The next number of the year in the commune's line, as 2026-014."""
    return next_number(Case.number, f"{year}-", Case.commune_id.in_(line_of(commune_id)))


def police_unit(commune_id: int, day: date) -> Unit | None:
    """The commune police of a day: whose cases these are unless the army supervises."""
    found = select(Unit).where(Unit.kind == UnitKind.POLICE, Unit.commune_id.in_(line_of(commune_id)))
    units = db.session.scalars(found.order_by(Unit.valid_from.desc())).all()
    return next((unit for unit in units if unit.valid_on(day)), next(iter(units), None))


def supervising(commune_id: int, day: date) -> int:
    """The unit that supervises where the papers name none. Raises Refused while the commune has no police."""
    unit = police_unit(commune_id, day)
    if unit is None:
        raise Refused(Misfit("supervising_unit_id", mark("The commune has no police. Please name the unit.")))
    return unit.id


def draft_case(
    author: User, commune_id: int, person: Person | dict[str, Any], *, type: CaseType, received_on: date,
    starts_on: date, term_months: int, supervising_unit_id: int | None = None, **papers: Any,
) -> Case:  # fmt: skip
    """Write a file down as a draft; it opens when the chief has decided. *papers*: what the judgment says.

    Raises Refused at the field where the law of the sentence does not know such a start, length or custody.
    """
    decided_on, detained_days = papers.get(day_of_decision(type)), papers.get("detained_days")
    _fits(against_term(type, received_on, starts_on, term_months, decided_on, detained_days))
    if isinstance(person, dict):
        person = Person(commune_id=commune_id, **person)
    case = Case(
        number=next_case_number(commune_id, received_on.year), type=type, person=person, owner_id=author.id,
        commune_id=commune_id, supervising_unit_id=supervising_unit_id or supervising(commune_id, received_on),
        received_on=received_on, starts_on=starts_on, term_months=term_months, **papers,
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    return case


def change_case(
    case: Case, person: dict[str, Any] | None, *, supervising_unit_id: int | None = None, **papers: Any
) -> None:  # fmt: skip
    """Correct a draft and, unless it is None, what is kept of its person.

    Raises Refused at the field where the person is kept for another file as well: a draft rewrites nobody else's;
    and where the law of the sentence does not know such a start, length or custody.
    """
    if person is not None:
        _not_kept_elsewhere(case, differing(case.person, person))
        change_person(case.person, person)
    for name, value in papers.items():
        setattr(case, name, value)
    case.supervising_unit_id = supervising_unit_id or supervising(case.commune_id, case.received_on)
    _fits(against_term_of(case))


def day_of_decision(type: CaseType) -> str:
    """The field with the day of the paper that began it: of the judgment or, of a drug user, of the decision."""
    return "decision_on" if type == CaseType.DRUG_USER_MANAGEMENT else "judgment_on"


def against_term(
    type: CaseType, received_on: date | None, starts_on: date, term_months: int | None, decided_on: date | None,
    detained_days: int | None,
) -> Iterator[Misfit]:  # fmt: skip
    """What the law of a type has against the start and the length of a term, and the days taken off it; what is not
    known yet is not asked about. *decided_on* is its day of decision.
    """
    regime = REGIMES[type]
    late = refused_late_start(regime, starts_on, received_on) if received_on else ()
    early = refused_start(regime, starts_on, decided_on) if decided_on else ()
    yield from (Misfit.by("starts_on", one) for one in (*late, *early))
    if term_months:
        yield from (Misfit.by("term_months", one) for one in refused_length(regime, starts_on, term_months))
        against = refuse_custody(type, starts_on, term_months, detained_days) if detained_days else ()
        yield from (Misfit("detained_days", one.message, **one.numbers) for one in against)


def against_term_of(case: Case) -> Iterator[Misfit]:
    """The same of a file as it stands."""
    decided_on = getattr(case, day_of_decision(case.type))
    return against_term(
        case.type, case.received_on, case.starts_on, case.term_months, decided_on, case.detained_days
    )  # fmt: skip


def refuse_custody(type: CaseType, starts_on: date, term_months: int, days: int) -> list[Plain]:
    """Why days in custody do not fit: the law of the sentence must take them off, and leave something of the term."""
    credit = credited(REGIMES[type], days, starts_on)
    if not credit:
        return [Plain(mark("Only a non-custodial reform is shortened by days in custody."))]
    if starts_on + timedelta(days=credit) >= add_months(starts_on, term_months):
        return [Plain(mark("That takes %(days)s days off: nothing of the term would be left."), days=credit)]
    return []


def _fits(misfits: Iterable[Misfit]) -> None:
    if against := [*misfits]:
        raise Refused(*against)


def _not_kept_elsewhere(case: Case, changed: list[str]) -> None:
    if changed and is_kept_elsewhere(case):
        told = mark("This is kept for another file of the same person as well; it is changed on the person's own page.")
        raise Refused(*(Misfit(name, told) for name in changed))
