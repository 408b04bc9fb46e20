"""What is asked of a minor's representative, by the day of the act."""

from collections.abc import Iterator
from datetime import date

from portal.engine.refusal import Misfit, Reason
from portal.engine.text import mark
from portal.law import minors
from portal.law.rule import Ground
from portal.lawbook.queries import numbers_of
from portal.people.models import Person

OF_AGE = mark("The person is of age on %(day)s: no representative takes part.")


def beside(person: Person, day: date) -> list[Ground]:
    """What the law wants of a representative on a day, by the numbers that hold in the commune."""
    return minors.representative(person.latest_birth, day, numbers_of(person.commune_id, "minors"))


def may_be_minor(person: Person, since: date) -> bool:
    """Whether somebody may be under 18 on a day from one on."""
    return bool(beside(person, since))


def against_representative(person: Person, day: date, representative: str) -> Iterator[Reason]:
    """Whether a representative is named exactly where the law wants one beside the person on a day."""
    asked = beside(person, day)
    if asked and not representative.strip():
        yield Misfit.by("representative", asked[0])
    if not asked and representative.strip():
        yield Misfit("representative", OF_AGE, day=day)


def against_unconfirmed(person: Person, signed_on: date, *, confirmed: bool) -> Iterator[Reason]:
    """Whether a commitment has the confirmation that the age on the day of signing demands."""
    born = person.latest_birth
    if born and minors.needs_representative(born, signed_on) and not confirmed:
        yield Misfit.by("representative_confirms", beside(person, signed_on)[-1])
