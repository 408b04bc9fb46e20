"""What is kept of the person of a case: changed at once but for the date of birth, which takes two people."""

from collections.abc import Collection, Mapping
from typing import Any

from portal.cases.models import UNDECIDED, BirthCorrection, Case, is_submitted
from portal.cases.queries import is_taken_on, waiting_correction
from portal.engine.db import db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.people.actions import change_person, differing
from portal.people.models import Person

BIRTH = ("birth_date", "birth_year")
WHO = ("full_name", "sex", "national_id", *BIRTH)  # by which a file says of whom it is


def change_person_of(case: Case, facts: Mapping[str, Any], reason: str = "") -> BirthCorrection | None:
    """Write down what is known of the person of a case now.

    Of somebody whom the commune has taken on another date of birth is only asked for, with the *reason*; that
    question is given back. Raises Refused at the field of what a file that waits for its decision says of the person,
    without the reason, and where such a question waits already.
    """
    changed = differing(case.person, facts)
    _not_submitted(case.person, changed)
    birth = [name for name in changed if name in BIRTH]
    asked = _ask(case, facts, birth, reason) if birth and is_taken_on(case.person) else None
    change_person(case.person, {name: facts[name] for name in changed if not (asked and name in birth)})
    return asked


def _not_submitted(person: Person, changed: Collection[str]) -> None:
    """What was submitted is what is decided on."""
    locked = [name for name in changed if name in WHO]
    if locked and is_submitted(person):
        raise Refused(*(Misfit(name, UNDECIDED) for name in locked))


def _ask(case: Case, facts: Mapping[str, Any], changed: Collection[str], reason: str) -> BirthCorrection:
    """Put the question to a second person; until it is answered no day of any case moves."""
    if waiting_correction(case.person):
        told = mark("Another date of birth waits for confirmation already.")
        raise Refused(*(Misfit(name, told) for name in changed))
    if not reason.strip():
        raise Refused(Misfit("reason", mark("Please say by which paper the date of birth is corrected.")))
    asked = BirthCorrection(
        case=case, commune_id=case.commune_id, reason=reason.strip(), **{name: facts[name] for name in BIRTH}
    )
    db.session.add(asked)
    db.session.flush()
    return asked
