"""Somebody of whom something is kept."""

import enum
import secrets
from datetime import date

from sqlalchemy import ForeignKey, Index, String, event, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record, Sealed
from portal.engine.keys import keys
from portal.engine.text import _l, mark
from portal.engine.vietnamese import fold, sort_key
from portal.organisation.models import Unit


class Sex(enum.StrEnum):
    MALE = "male"
    FEMALE = "female"


SEX_NAMES = {Sex.MALE: _l("Male"), Sex.FEMALE: _l("Female")}

PSEUDONYM = "Ẩn danh "  # begins each name that stands for one that is gone
NAME_GONE = mark(
    "The name is gone for good, and a pseudonym stands for it: nothing is written here that brings it back."
)

_KEY = String(400).with_variant(String(400, collation="C"), "postgresql")


class Person(Record):
    """Name, birth, residence, numbers. Never ethnicity, religion or anything of section 7 of the privacy rules.

    Numbers lie encrypted; beside them are keyed digests, so that a whole number or its last four digits can be found.
    They are read and opened where a page shows them, not with every name in a list.
    """

    protected = True
    sensitive = frozenset({
        "full_name", "birth_date", "birth_year", "national_id", "phone", "address", "died_on", "folded", "sort_key",
        "national_id_digest", "national_id_end", "phone_end", "identity",
    })  # fmt: skip

    full_name: Mapped[str]
    sex: Mapped[Sex | None]
    birth_date: Mapped[date | None]
    birth_year: Mapped[int | None]
    national_id: Mapped[str | None] = mapped_column(
        Sealed("person.national_id"), deferred=True, deferred_group="numbers"
    )
    phone: Mapped[str | None] = mapped_column(Sealed("person.phone"), deferred=True, deferred_group="numbers")
    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    address: Mapped[str] = mapped_column(default="")
    died_on: Mapped[date | None]

    folded: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(_KEY, default="", index=True)
    national_id_digest: Mapped[str | None] = mapped_column(index=True)
    national_id_end: Mapped[str | None] = mapped_column(index=True)
    phone_end: Mapped[str | None] = mapped_column(index=True)
    identity: Mapped[str] = mapped_column(default=lambda: secrets.token_hex(16), index=True)

    questioned: Mapped[bool] = mapped_column(default=False, server_default=false())  # says that something is wrong
    forgotten_on: Mapped[date | None] = mapped_column(index=True)  # since when a pseudonym stands for the name

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id)

    __table_args__ = (
        Index("ix_person_folded", "folded", postgresql_using="gin", postgresql_ops={"folded": "gin_trgm_ops"}),
    )

    @property
    def born(self) -> int | None:
        """The year of birth."""
        return self.birth_date.year if self.birth_date else self.birth_year

    @property
    def latest_birth(self) -> date | None:
        """The day of birth; where the year alone is known, its last day, which is the reading that protects more."""
        return self.birth_date or (date(self.birth_year, 12, 31) if self.birth_year else None)


def end_digest(digits: str) -> str:
    """Digest of the last four digits of a number."""
    return keys().digest("last digits", digits[-4:])


def number_digest(digits: str) -> str:
    return keys().digest("national id", digits)


@event.listens_for(Person.full_name, "set")
def _name_changed(person: Person, name: str, _old: object, _initiator: object) -> None:
    person.folded, person.sort_key = fold(name), sort_key(name)


@event.listens_for(Person.national_id, "set")
def _number_changed(person: Person, number: str | None, _old: object, _initiator: object) -> None:
    """Two records with one national number are one person in every figure."""
    person.national_id_digest = number_digest(number) if number else None
    person.national_id_end = end_digest(number) if number else None
    person.identity = f"id:{person.national_id_digest}" if number else secrets.token_hex(16)


@event.listens_for(Person.phone, "set")
def _phone_changed(person: Person, phone: str | None, _old: object, _initiator: object) -> None:
    person.phone_end = end_digest(phone) if phone else None
