"""People as a sheet: everybody of whom the commune keeps a record, under a number that holds in the one file.

Other sheets name them by that number. In the portal people have none that anybody knows; there they are known by their
ID number, or else by name, birth and sex.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import undefer_group

from portal.cases.models import Case
from portal.engine.db import db
from portal.engine.forms import Choice, Number, Optional, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.engine.vietnamese import fold
from portal.exchange.bringing import Bringing, agreeing, differing, told_by
from portal.exchange.kinds.rows import COMMUNE_FIELD, OfCommune
from portal.exchange.kinds.standing import refuse_unless_chief
from portal.exchange.references import Reference
from portal.exchange.sheet import Facts, Field, Kind, Sheet, Verdict, fields_of
from portal.exchange.taking import Taking
from portal.people.forms import PersonForm
from portal.people.models import Person, number_digest

KEY, TABLE = "people", str(Person.__tablename__)
_NUMBER = _l("Number in this file")
_ITS_NUMBER = _l("1, 2, 3 and so on. By it the other sheets of this file name the person; elsewhere it means nothing.")
_ABOUT = _l(
    "Who is there already is found by the ID number, else by name, birth and sex. What is kept of them is changed on "
    "the person's page."
)


class PersonOfSheet(OfCommune, PersonForm):
    """A person as the page asks for one. Whoever was only tested for drugs may live elsewhere, in no village here."""

    number = Number(_NUMBER, [Required()], least=1)
    village_id = Choice(_l("Village"), [Optional()])

    def old_enough_on(self) -> None:
        """How old one has to be is asked where a case is opened."""


def sheets(known: Mapping[str, Reference]) -> list[Sheet]:
    asked = tuple(one for one in fields_of(PersonOfSheet, Person, known) if one.name in PersonForm.PERSON)
    people = _People(asked, known[TABLE])
    number = Field("number", _NUMBER, Kind.NUMBER, _ITS_NUMBER, required=True)
    rights = {"create": (Case, "draft"), "export": (Case, "export")}
    return [
        Sheet(
            KEY, _l("People on record"), PersonOfSheet, Person, (number, COMMUNE_FIELD, *asked), people.found,
            people.told, people.take, _ABOUT, sealed=True, rights=rights,
        )
    ]  # fmt: skip


class _People:
    """People, as they leave the portal and as they come."""

    def __init__(self, asked: tuple[Field, ...], named: Reference) -> None:
        self.asked, self.named = asked, named

    def found(self, taking: Taking) -> Select[Any]:
        found = select(Person).where(Person.voided_at.is_(None), *taking.within(Person, "read"))
        return found.options(undefer_group("numbers")).order_by(Person.id)

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        person = row[0]
        known = {one.name: getattr(person, one.name) for one in self.asked}
        number = int(self.named.shown(person.id) or 0)
        return {**known, "number": number, "commune": taking.code(person.commune_id)}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        refuse_unless_chief(bringing, "number")
        number, commune_id = str(facts["number"]), bringing.of_commune(facts)
        kept = {one.name: facts[one.name] or None for one in self.asked} | {"address": facts["address"] or ""}
        if not bringing.first_time(KEY, number):
            raise Refused(Misfit("number", mark("This number stands in the file twice.")))
        there = self._there(commune_id, kept, bringing)
        if there is not None:
            bringing.claim(KEY, there)
            bringing.remembered[TABLE, number] = there.id
            return agreeing(told_by(there, kept), kept)
        bringing.coming.add((TABLE, number))
        if bringing.writes:
            person = Person(commune_id=commune_id, **kept)
            db.session.add(person)
            db.session.flush()
            bringing.claim(KEY, person)
            bringing.remembered[TABLE, number] = person.id
        return Verdict.NEW

    def _there(self, commune_id: int, kept: Facts, bringing: Bringing) -> Person | None:
        """Of those who may be meant the one who is said just so, else whoever it is by number or birth."""
        same: list[Any] = [Person.folded == fold(kept["full_name"])]
        if kept["national_id"]:
            same.append(Person.national_id_digest == number_digest(kept["national_id"]))
        alike = select(Person).where(Person.commune_id == commune_id, Person.voided_at.is_(None), or_(*same))
        people = db.session.scalars(alike.options(undefer_group("numbers")).order_by(Person.id))
        free = [one for one in people if not bringing.is_claimed(KEY, one)]
        return min(_meant(free, kept), key=lambda one: _differing(one, kept), default=None)


def _meant(found: Iterable[Person], kept: Facts) -> Iterable[Person]:
    return (one for one in found if _differing(one, kept) == 0 or _is_the_same(one, kept))


def _is_the_same(person: Person, kept: Facts) -> bool:
    """By number where both have one; else by name, birth and sex, of which a birth that nobody knows tells nothing."""
    if person.national_id and kept["national_id"]:
        return person.national_id == str(kept["national_id"])
    said = (kept["birth_date"], kept["birth_year"], kept["sex"])
    known = (person.birth_date, person.birth_year, person.sex)
    return said == known and any(said[:2]) and person.folded == fold(kept["full_name"])


def _differing(person: Person, kept: Facts) -> int:
    return len(differing(told_by(person, kept), kept))
