"""What is asked of people more than once."""

from typing import Any

from sqlalchemy import or_

from portal.engine.access import Actor, reach
from portal.engine.db import db
from portal.engine.vietnamese import fold
from portal.people.models import Person, number_digest


def namesakes(user: Actor, full_name: str, national_id: str | None) -> list[Person]:
    """People whom the user may see and who may be the same: of the same folded name or the same ID number."""
    same: list[Any] = [Person.folded == fold(full_name)]
    if national_id:
        same.append(Person.national_id_digest == number_digest(national_id))
    found = reach(user, "read", Person).where(or_(*same), Person.voided_at.is_(None)).order_by(Person.id)
    return list(db.session.scalars(found))
