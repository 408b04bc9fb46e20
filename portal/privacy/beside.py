"""Where somebody is named without being linked: in the incidents of their tests, of their fines, and of what they had
a part in.

A line of an incident need not lead to a record of a person. In an incident that somebody's own records lead to, a line
of the same name, and of no other year of birth, is theirs; anybody else's is nobody's, and no round takes it.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select, union

from portal.documents.models import Attachment
from portal.drugs.models import DrugTest, FineDecision
from portal.engine.db import db
from portal.engine.letters import plain
from portal.incidents.models import Incident, IncidentPerson, Observation, Seizure
from portal.organisation.models import Unit, line_of
from portal.people.models import PSEUDONYM, Person

LINKED = (DrugTest, FineDecision, IncidentPerson)  # what leads from a person to an incident
PARTS = (IncidentPerson, Seizure, Observation, Attachment)  # what else of an incident holds words


@dataclass(frozen=True)
class Line:
    """A line of an incident that leads to nobody, and whose it is by its name, if anybody's."""

    line: IncidentPerson
    people: Sequence[int]


def lines_in(commune: Unit) -> list[Line]:
    """Every line of the incidents of a commune that leads to nobody and bears a name yet."""
    return _whose(IncidentPerson.commune_id.in_(line_of(commune.id)))


def lines_of(people: Collection[int]) -> list[Line]:
    """Those lines that are somebody's of *people*."""
    found = _whose(IncidentPerson.incident_id.in_(_incidents_of(people)))
    return [one for one in found if set(one.people) & set(people)]


def _whose(among: ColumnElement[bool]) -> list[Line]:
    unlinked = IncidentPerson.person_id.is_(None), IncidentPerson.full_name.not_like(f"{PSEUDONYM}%")
    lines = db.session.scalars(select(IncidentPerson).where(among, *unlinked).order_by(IncidentPerson.id)).all()
    known: dict[int, set[int]] = defaultdict(set)
    people: dict[int, Person] = {}
    if lines:
        pairs = union(*_pairs()).subquery()
        asked = select(pairs.c.incident_id, Person).join(Person, Person.id == pairs.c.person_id)
        here = pairs.c.incident_id.in_({one.incident_id for one in lines}), Person.forgotten_on.is_(None)
        for incident_id, person in db.session.execute(asked.where(*here)):
            known[incident_id].add(person.id)
            people[person.id] = person
    return [Line(one, _claims(one, [people[of] for of in sorted(known[one.incident_id])])) for one in lines]


def _claims(line: IncidentPerson, people: Sequence[Person]) -> list[int]:
    """Who it is; of two people of one name it says neither."""
    found = [one for one in people if _is(line, one)]
    return [one.id for one in found] if len({one.identity for one in found}) == 1 else []


def _pairs() -> Iterator[Select[Any]]:
    for model in LINKED:
        linked: Any = model
        yield select(linked.incident_id, linked.person_id).where(
            linked.incident_id.is_not(None), linked.person_id.is_not(None)
        )


def _incidents_of(people: Collection[int]) -> Select[Any]:
    pairs = union(*_pairs()).subquery()
    return select(pairs.c.incident_id).where(pairs.c.person_id.in_(people))


def _is(line: IncidentPerson, person: Person) -> bool:
    """The same name, or the same without its diacritics where the line was typed without any."""
    other_year = line.birth_year and person.born and line.birth_year != person.born
    written = " ".join(plain(line.full_name).casefold().split())
    return written in (" ".join(plain(person.full_name).casefold().split()), person.folded) and not other_year


def words_of(people: Collection[int]) -> list[Any]:
    """The incidents of *people*, with all in them that holds words: what somebody was called may stand in these."""
    ids = list(db.session.scalars(_incidents_of(people)))
    found: list[Any] = list(db.session.scalars(select(Incident).where(Incident.id.in_(ids))))
    for part in PARTS:
        of: Any = part
        found += db.session.scalars(select(of).where(of.incident_id.in_(ids)).order_by(of.id))
    return found


def without(text: str, names: Mapping[str, str]) -> str:
    """A text in which each name gives way to its pseudonym, however its letters are written, large or small."""
    for name, pseudonym in names.items():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", pseudonym, text, flags=re.IGNORECASE)
    return text
