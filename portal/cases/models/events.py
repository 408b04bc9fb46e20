"""What happens in a case: roll-calls, visits, assessments, violations, help given."""

import enum
from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.cases.models.rating import Rating
from portal.cases.models.round_signature import SIGNED_ALREADY, RoundSignature, stands
from portal.documents.models import OfficialDocument
from portal.documents.queries import document_of
from portal.engine.db import EMPTY, Money, Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l

ROLL_CALL_RULES = ("COM-ROLLCALL",)  # what a roll-call of the month answers
ASSESSMENT_RULES = ("COM-ASSESS-MONTHLY", "RS-ASSESS")  # what an assessment answers, of a month or of a quarter


class RollCall(Record):
    """Whether the person was there at the presence check of a month."""

    parent = "case"
    protected = True
    sensitive = frozenset({"note"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    month: Mapped[date]
    held_on: Mapped[date]
    present: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("round_signature.id"), index=True)

    case: Mapped[Case] = relationship(back_populates="roll_calls")
    signature: Mapped[RoundSignature | None] = relationship(back_populates="roll_calls", lazy="joined")

    @property
    def counts(self) -> bool:
        return self.voided_at is None

    @property
    def signed(self) -> bool:
        """Whether it stands under the one signature of its month."""
        return stands(self.signature)

    @property
    def against_voiding(self) -> list[Reason]:
        return [Plain(SIGNED_ALREADY)] if self.signed else []


class ContactKind(enum.StrEnum):
    VISIT = "visit"
    CALL = "call"


CONTACT_KIND_NAMES = {ContactKind.VISIT: _l("Visit"), ContactKind.CALL: _l("Telephone call")}


class Contact(Record):
    """A visit or a call, in three fields."""

    parent = "case"
    protected = True
    sensitive = frozenset({"note"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[ContactKind]
    happened_on: Mapped[date]
    note: Mapped[str]

    case: Mapped[Case] = relationship(back_populates="contacts")


class Assessment(Record):
    """The monthly opinion on the person. The four grades exist since 01/07/2026."""

    parent = "case"
    protected = True
    sensitive = frozenset({"text"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    month: Mapped[date]
    written_on: Mapped[date]
    rating: Mapped[Rating | None]
    text: Mapped[str]
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("round_signature.id"), index=True)

    case: Mapped[Case] = relationship(back_populates="assessments")
    signature: Mapped[RoundSignature | None] = relationship(back_populates="assessments", lazy="joined")

    @property
    def counts(self) -> bool:
        return self.voided_at is None

    @property
    def signed(self) -> bool:
        """Whether it stands under the one signature of its month."""
        return stands(self.signature)

    @property
    def against_voiding(self) -> list[Reason]:
        return [Plain(SIGNED_ALREADY)] if self.signed else []


class ViolationKind(enum.StrEnum):
    DUTY = "duty"
    LAW = "law"


VIOLATION_KIND_NAMES = {
    ViolationKind.DUTY: _l("Of a duty of the sentence"),
    ViolationKind.LAW: _l("Of the law"),
}


class Violation(Record):
    """A breach of a duty of the sentence, or of the law, with what its minutes tell.

    One that was only reminded of has no minutes, and is no ground for anything.
    """

    parent = "case"
    protected = True
    sensitive = frozenset({"text", "duty", "location", "statement", "witness"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[ViolationKind]
    occurred_on: Mapped[date] = mapped_column(index=True)
    recorded_on: Mapped[date]
    text: Mapped[str]
    only_reminded: Mapped[bool] = mapped_column(default=False)
    deliberate: Mapped[bool] = mapped_column(default=False, server_default=false())
    duty: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # which duty was broken
    happened_at: Mapped[time | None]
    location: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    statement: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # of the person
    witness: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review_meeting.id", use_alter=True))  # not come to
    away_from: Mapped[date | None]  # without permission, where such days are not counted as served
    away_until: Mapped[date | None]  # the last such day
    missing_report: Mapped[date | None]  # the month, by its first day, whose self-report had not come

    case: Mapped[Case] = relationship(back_populates="violations")

    @property
    def is_ground(self) -> bool:
        """Whether steps may follow from it: a recorded breach of a duty. What breaks a law counts by its fine."""
        return self.voided_at is None and not self.only_reminded and self.kind == ViolationKind.DUTY

    @property
    def stay(self) -> tuple[date, date] | None:
        """The days away that its minutes establish, both included."""
        if not self.is_ground or self.away_from is None or self.away_until is None:
            return None
        return self.away_from, self.away_until

    @property
    def document(self) -> OfficialDocument | None:
        """Its minutes, as the register has them."""
        return document_of(self)

    @property
    def against_voiding(self) -> Sequence[Reason]:
        """Minutes that were issued stay, and so does what they tell."""
        document = self.document
        return document.against_voiding if document is not None else ()


class MeasureKind(enum.StrEnum):
    PAPERS = "papers"
    TRAINING = "training"
    WORK = "work"
    LOAN = "loan"
    OTHER = "other"


MEASURE_KIND_NAMES = {
    MeasureKind.PAPERS: _l("Papers"),
    MeasureKind.TRAINING: _l("Vocational training"),
    MeasureKind.WORK: _l("Work"),
    MeasureKind.LOAN: _l("Loan"),
    MeasureKind.OTHER: _l("Other help"),
}


class Measure(Record):
    """Help given to a person, by whom, and what became of it after three and six months."""

    parent = "case"
    protected = True
    sensitive = frozenset({"text", "result_3_months", "result_6_months"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[MeasureKind]
    given_on: Mapped[date]
    given_by: Mapped[str]
    amount_vnd: Mapped[int | None] = mapped_column(Money)
    text: Mapped[str] = mapped_column(default="")
    result_3_months: Mapped[str] = mapped_column(default="")
    result_3_on: Mapped[date | None]
    result_6_months: Mapped[str] = mapped_column(default="")
    result_6_on: Mapped[date | None]

    case: Mapped[Case] = relationship(back_populates="measures")
