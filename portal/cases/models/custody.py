"""Custody: somebody whose case runs is charged, detained, or in a closed institution."""

import enum
from datetime import date

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.engine import clock
from portal.engine.db import EMPTY, Record
from portal.engine.text import _l


class CustodyKind(enum.StrEnum):
    """What befell the person. Whoever is charged and at large goes on with what they owe."""

    DETAINED = "detained"
    FACILITY = "facility"
    CHARGED = "charged"


CUSTODY_KIND_NAMES = {
    CustodyKind.DETAINED: _l("Detained or arrested"),
    CustodyKind.FACILITY: _l("In a compulsory facility"),
    CustodyKind.CHARGED: _l("Charged, and at large"),
}


def holds(kind: CustodyKind) -> bool:
    """Whether somebody whom that befell cannot come."""
    return kind != CustodyKind.CHARGED


class Custody(Record):
    """From a day on; *released_on* is its last day. What was learnt of the person meanwhile is kept with its day."""

    __tablename__ = "management_custody"  # as long as only the management of drug users knew it

    parent = "case"
    protected = True
    sensitive = frozenset({"paper", "held_by", "informed"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[CustodyKind] = mapped_column(default=CustodyKind.DETAINED, server_default=text("'detained'"))
    detained_on: Mapped[date]
    released_on: Mapped[date | None]
    paper: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # number and day of the decision that told it
    held_by: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    informed_on: Mapped[date | None]  # on which the place last told how the person is
    informed: Mapped[str] = mapped_column(default="", server_default=EMPTY)

    case: Mapped[Case] = relationship(back_populates="custodies")

    @property
    def counts(self) -> bool:
        return self.voided_at is None

    @property
    def runs(self) -> bool:
        return self.counts and self.released_on is None

    @property
    def holds(self) -> bool:
        """Whether the person cannot come: what is owed month by month rests then, where the law says so."""
        return self.counts and holds(self.kind)

    def holds_on(self, day: date) -> bool:
        return self.holds and self.detained_on <= day <= self.until()

    def until(self) -> date:
        """Its last day so far."""
        return self.released_on or clock.today()
