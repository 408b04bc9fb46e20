"""What is asked of cases more than once."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from portal.cases.models import Case
from portal.people.models import Person, end_digest, number_digest

LAST_DIGITS = 4
ID_DIGITS = 12


def matching(words: str) -> ColumnElement[bool]:
    """Cases whose person's folded name, case number, whole ID number or last four digits fit the folded words."""
    fits: list[Any] = [Person.folded.contains(words, autoescape=True)]
    if words.isdigit() and len(words) == LAST_DIGITS:
        fits += [Person.national_id_end == end_digest(words), Person.phone_end == end_digest(words)]
    if words.isdigit() and len(words) == ID_DIGITS:
        fits.append(Person.national_id_digest == number_digest(words))
    people = select(Person.id).where(or_(*fits))
    return or_(Case.person_id.in_(people), Case.number.contains(words, autoescape=True))
