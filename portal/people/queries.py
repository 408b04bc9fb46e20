"""What is asked of people more than once."""

from collections.abc import Sequence

from sqlalchemy import or_
from sqlalchemy.orm import joinedload

from portal.engine.access import Actor, reach
from portal.engine.db import db
from portal.engine.vietnamese import fold
from portal.people.models import Person, number_digest


def namesakes(user: Actor, full_name: str, national_id: str | None) -> list[Person]:
    """People whom the user may see and who may be the same: of the same folded name or the same ID number."""
    return namesakes_of(user, [(full_name, national_id)])[0]


def namesakes_of(user: Actor, asked: Sequence[tuple[str, str | None]]) -> list[list[Person]]:
    """The namesakes of several, by name and ID number, in one question."""
    names = [fold(name) for name, _number in asked]
    digests = [number_digest(number) if number else "" for _name, number in asked]
    same = or_(Person.folded.in_(set(names)), Person.national_id_digest.in_(set(digests) - {""}))
    found = reach(user, "read", Person).where(same, Person.voided_at.is_(None)).order_by(Person.id)
    people = db.session.scalars(found.options(joinedload(Person.village))).all() if asked else []
    return [
        [one for one in people if one.folded == name or (digest and one.national_id_digest == digest)]
        for name, digest in zip(names, digests, strict=True)
    ]
