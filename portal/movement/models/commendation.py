"""Who was commended for what, by which body."""

import enum
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry
from portal.engine.text import _l
from portal.organisation.models import Unit


class Commended(enum.StrEnum):
    GROUP = "group"
    PERSON = "person"


class Honour(enum.StrEnum):
    """The form of a commendation."""

    LETTER = "letter"
    MERIT = "merit"
    CERTIFICATE = "certificate"
    TITLE = "title"
    OTHER = "other"


COMMENDED_NAMES = {Commended.GROUP: _l("A group"), Commended.PERSON: _l("A person")}
HONOUR_NAMES = {
    Honour.LETTER: _l("Letter of praise"),
    Honour.MERIT: _l("Certificate of commendation"),
    Honour.CERTIFICATE: _l("Certificate of merit"),
    Honour.TITLE: _l("Title of honour"),
    Honour.OTHER: _l("Another form"),
}


class Commendation(Entry):
    """A commendation of a group or a person, given on a day."""

    prefix = "KT"
    dated = "given_on"
    searched = ("name", "decision")
    sensitive = frozenset({"name", "reason", "folded"})

    whom: Mapped[Commended]
    name: Mapped[str]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    honour: Mapped[Honour] = mapped_column(index=True)
    given_by: Mapped[str]  # the body
    given_on: Mapped[date] = mapped_column(index=True)
    decision: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")  # for what

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id)
