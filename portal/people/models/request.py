"""What somebody asks of their own data: to be told what is kept and who saw it, or that it be corrected."""

import enum
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Record, db
from portal.engine.text import _, _l
from portal.engine.workflow import Moves
from portal.organisation.models import User
from portal.people.models.person import Person
from portal.people.workflow import PERSON_REQUEST


class RequestKind(enum.StrEnum):
    EXTRACT = "extract"
    CORRECTION = "correction"


REQUEST_KIND_NAMES = {
    RequestKind.EXTRACT: _l("What is kept, and who saw it"),
    RequestKind.CORRECTION: _l("Correction of what is kept"),
}


class Asker(enum.StrEnum):
    """Who asks. Whoever asks for another shows by which paper they may."""

    SELF = "self"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"


ASKER_NAMES = {
    Asker.SELF: _l("The person"),
    Asker.GUARDIAN: _l("Parent or guardian"),
    Asker.REPRESENTATIVE: _l("Representative with a written authority"),
}


class Proof(enum.StrEnum):
    """By what it was seen who asks. The card is looked at; no number and no picture of it is kept here."""

    CARD = "card"
    PASSPORT = "passport"
    KNOWN = "known"
    CERTIFIED = "certified"


PROOF_NAMES = {
    Proof.CARD: _l("Identity card, shown in person"),
    Proof.PASSPORT: _l("Passport or another paper with a picture"),
    Proof.KNOWN: _l("Known in person to the officer"),
    Proof.CERTIFIED: _l("Letter with a certified signature"),
}


class AskedAbout(enum.StrEnum):
    """Which part of what is kept is said to be wrong: the page marks it as questioned meanwhile."""

    NAME = "full_name"
    SEX = "sex"
    BIRTH = "birth_date"
    ID_NUMBER = "national_id"
    PHONE = "phone"
    ADDRESS = "address"
    JUDGMENT = "judgment"
    DATES = "dates"
    RECORDED = "recorded"
    BOOKS = "books"
    OTHER = "other"


ASKED_ABOUT_NAMES = {
    AskedAbout.NAME: _l("Full name"),
    AskedAbout.SEX: _l("Sex"),
    AskedAbout.BIRTH: _l("Date of birth"),
    AskedAbout.ID_NUMBER: _l("National ID number"),
    AskedAbout.PHONE: _l("Telephone"),
    AskedAbout.ADDRESS: _l("Village and address"),
    AskedAbout.JUDGMENT: _l("Judgment, offence or term"),
    AskedAbout.DATES: _l("A day or limit that is worked out"),
    AskedAbout.RECORDED: _l("Something recorded in the file: a report, a visit, a violation"),
    AskedAbout.BOOKS: _l("An entry of a book: a test, a fine, an incident"),
    AskedAbout.OTHER: _l("Something else"),
}


class PersonRequest(Record, Moves):
    """A request with its deadline, and the answer to it. The days are those of the rule of the day it was made."""

    parent = "person"
    protected = True
    sensitive = frozenset({"asker_name", "authority", "wrong", "right", "evidence", "answer"})
    workflow = PERSON_REQUEST

    number: Mapped[str]  # YC-2026-003
    kind: Mapped[RequestKind]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_on: Mapped[date]
    asker: Mapped[Asker] = mapped_column(default=Asker.SELF)
    asker_name: Mapped[str] = mapped_column(default="")  # of whoever asks for another
    authority: Mapped[str] = mapped_column(default="")  # the paper by which they may
    proof: Mapped[Proof]
    about: Mapped[AskedAbout | None]  # of a correction
    wrong: Mapped[str] = mapped_column(default="")
    right: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="received", index=True)
    due_on: Mapped[date]
    source: Mapped[str]
    confirmed: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    corrected_by: Mapped[int | None]  # the event of the trail that made the correction
    copies: Mapped[int | None]
    with_texts: Mapped[bool] = mapped_column(default=False)  # somebody read them: they name nobody else
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))  # whose pledges the extract holds
    told_on: Mapped[date | None]

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    author: Mapped[User | None] = relationship(foreign_keys="PersonRequest.created_by_id")
    answered_by: Mapped[User | None] = relationship(foreign_keys=answered_by_id)

    document: Mapped[Any] = relationship(
        "OfficialDocument", viewonly=True, uselist=False, foreign_keys="OfficialDocument.subject_id",
        primaryjoin="(OfficialDocument.subject_id == PersonRequest.id) & "
        "(OfficialDocument.subject_type == 'person_request') & OfficialDocument.voided_at.is_(None)",
    )  # the paper with the answer, in the register  # fmt: skip

    __table_args__ = (UniqueConstraint("commune_id", "number"),)

    @property
    def title(self) -> str:
        return _("Request %(number)s", number=self.number)

    @property
    def is_correction(self) -> bool:
        return self.kind == RequestKind.CORRECTION

    @property
    def open(self) -> bool:
        """Whether it waits for an answer: meanwhile the page marks what it is about as questioned."""
        return self.state == "received" and self.voided_at is None

    def brought_in(self, _words: str) -> None:
        """What is said to be wrong and waits for its answer is marked as questioned wherever it is kept."""
        if self.open and self.is_correction:
            self.person.questioned = True

    def moved(self, transition: str, actor: Actor) -> None:
        if transition in ("answer", "refuse"):
            self.answered_on, self.answered_by_id = clock.today(), actor.id
        if transition in ("answer", "refuse", "withdraw") and self.is_correction:
            others = PersonRequest.person_id == self.person_id, PersonRequest.id != self.id
            waiting = PersonRequest.state == "received", PersonRequest.voided_at.is_(None)
            about = PersonRequest.about.is_not(None)
            self.person.questioned = bool(db.session.scalar(select(exists().where(*others, *waiting, about))))
        if transition == "tell":
            self.told_on = clock.today()
