"""What is asked of cases more than once."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from portal.cases.models import RUNNING, Case
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.access import Actor, reach
from portal.engine.db import db
from portal.engine.vietnamese import fold
from portal.organisation.models import Role, User
from portal.organisation.queries import holders
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


def namesakes(user: Actor, full_name: str, national_id: str | None) -> list[Person]:
    """People whom the user may see and who may be the same: of the same folded name or the same ID number."""
    same: list[Any] = [Person.folded == fold(full_name)]
    if national_id:
        same.append(Person.national_id_digest == number_digest(national_id))
    found = reach(user, "read", Person).where(or_(*same), Person.voided_at.is_(None)).order_by(Person.id)
    return list(db.session.scalars(found))


@dataclass(frozen=True)
class Load:
    """What an officer has in hand: running cases, and duties past their day."""

    officer: User
    cases: int
    overdue: int


def loads(commune_id: int) -> list[Load]:
    """Each officer of the commune police with what they have in hand."""
    running = select(Case.owner_id, func.count()).where(Case.state.in_(RUNNING)).group_by(Case.owner_id)
    late = (
        select(Duty.owner_id, func.count())
        .where(Duty.done_on.is_(None), Duty.dropped_on.is_(None), Duty.due_on < clock.today())
        .group_by(Duty.owner_id)
    )
    cases = dict(db.session.execute(running).tuples().all())
    overdue = dict(db.session.execute(late).tuples().all())
    officers = holders(Role.POLICE_OFFICER, commune_id)
    return [Load(officer, cases.get(officer.id, 0), overdue.get(officer.id, 0)) for officer in officers]
