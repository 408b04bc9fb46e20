"""The one signature under what a monthly round brought: its assessments, or its roll-call."""

import enum
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.documents.models import OfficialDocument
from portal.documents.queries import document_of
from portal.engine import clock
from portal.engine.db import Record
from portal.engine.refusal import Reason
from portal.engine.text import _l, mark
from portal.organisation.models import Unit, User

if TYPE_CHECKING:
    from portal.cases.models.events import Assessment, RollCall


class RoundKind(enum.StrEnum):
    ASSESSMENTS = "assessments"
    ROLL_CALL = "roll_call"


ROUND_KIND_NAMES = {
    RoundKind.ASSESSMENTS: _l("Assessments of the month"),
    RoundKind.ROLL_CALL: _l("Roll-call of the month"),
}
SIGNED_ALREADY = mark(
    "It is signed together with the others of its month. Whoever signed it strikes the signature out first, with a "
    "reason."
)


class RoundSignature(Record):
    """Somebody signed all assessments, or all roll-calls, of a month that nobody had signed before.

    What it covers points to it. Struck out, it leaves them unsigned; what is written later gets a further one.
    """

    protected = True

    kind: Mapped[RoundKind]
    month: Mapped[date] = mapped_column(index=True)  # that was assessed, or in which the roll was called
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # in whose register its list stands
    signed_at: Mapped[datetime] = mapped_column(default=clock.now)
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[str]  # in which it was signed
    capacity: Mapped[str] = mapped_column(default="")  # KT where a deputy signed
    count: Mapped[int]

    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    commune: Mapped[Unit] = relationship(foreign_keys="RoundSignature.commune_id")
    signed_by: Mapped[User] = relationship(foreign_keys=signed_by_id)
    assessments: Mapped[list["Assessment"]] = relationship(back_populates="signature")
    roll_calls: Mapped[list["RollCall"]] = relationship(back_populates="signature")

    @property
    def document(self) -> OfficialDocument | None:
        """Its list, as the register has it."""
        return document_of(self)

    @property
    def against_voiding(self) -> list[Reason]:
        """A list that was issued went out under this signature."""
        document = self.document
        return list(document.against_voiding) if document is not None else []


def stands(signature: RoundSignature | None) -> bool:
    return signature is not None and signature.voided_at is None
