"""What happens while the use of drugs is managed: custody, and a move to another commune."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.engine import clock
from portal.engine.db import EMPTY, Record


class ManagementCustody(Record):
    """Somebody under management is in custody from a day on. *released_on* is its last day."""

    parent = "case"
    protected = True
    sensitive = frozenset({"paper"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    detained_on: Mapped[date]
    released_on: Mapped[date | None]
    paper: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # number and day of the decision that told it

    case: Mapped[Case] = relationship(back_populates="custodies")

    @property
    def counts(self) -> bool:
        return self.voided_at is None

    @property
    def runs(self) -> bool:
        return self.counts and self.released_on is None

    def until(self) -> date:
        """Its last day so far."""
        return self.released_on or clock.today()


class ManagementMove(Record):
    """Somebody under management moves to another commune: when that was known, told, and what followed the arrival."""

    parent = "case"
    protected = True
    sensitive = frozenset({"moves_to"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    moves_to: Mapped[str]
    known_on: Mapped[date]
    known_time: Mapped[time]
    told_on: Mapped[date | None]
    told_time: Mapped[time | None]
    arrived_on: Mapped[date | None]
    arrived_time: Mapped[time | None]
    received_on: Mapped[date | None]  # on which the file was handed over or, since 01/07/2026, the person presented

    case: Mapped[Case] = relationship(back_populates="moves")

    @property
    def counts(self) -> bool:
        return self.voided_at is None

    @property
    def known_at(self) -> datetime:
        """By the clock of the commune, as the law counts."""
        return datetime.combine(self.known_on, self.known_time)

    @property
    def arrived_at(self) -> datetime | None:
        return datetime.combine(self.arrived_on, self.arrived_time or time()) if self.arrived_on else None
