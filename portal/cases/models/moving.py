"""Somebody moves to another commune, and the file goes along; or it goes to the agency before the term ends."""

import enum
from datetime import date, datetime, time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.engine.db import EMPTY, Record
from portal.engine.text import _l
from portal.organisation.models import Unit


class Move(Record):
    """A move to another commune: when it was known, told, and what followed.

    Of somebody whose use of drugs is managed the hours count: the new commune is told, and the person presents there.
    Of a sentence the agency is told (*told_on*), it decides, and the file goes to the new commune (*received_on*).
    """

    __tablename__ = "management_move"  # as long as only the management of drug users knew it

    parent = "case"
    protected = True
    sensitive = frozenset({"moves_to", "decision"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    moves_to: Mapped[str]
    known_on: Mapped[date]
    known_time: Mapped[time]
    told_on: Mapped[date | None]
    told_time: Mapped[time | None]
    arrived_on: Mapped[date | None]
    arrived_time: Mapped[time | None]
    received_on: Mapped[date | None]  # on which the file was handed over or, since 01/07/2026, the person presented
    other_province: Mapped[bool | None]
    agreed_on: Mapped[date | None]  # on which the agencies agreed
    decided_on: Mapped[date | None]
    granted: Mapped[bool | None]
    decision: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # its number
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)  # by which it was asked
    transfer_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)  # by which the file goes
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # the new commune, where it works with us

    case: Mapped[Case] = relationship(back_populates="moves")
    unit: Mapped[Unit | None] = relationship(foreign_keys=unit_id)

    @property
    def counts(self) -> bool:
        return self.voided_at is None

    @property
    def refused(self) -> bool:
        """Whether the agency decided that the person stays."""
        return self.granted is False

    @property
    def known_at(self) -> datetime:
        """By the clock of the commune, as the law counts."""
        return datetime.combine(self.known_on, self.known_time)

    @property
    def arrived_at(self) -> datetime | None:
        return datetime.combine(self.arrived_on, self.arrived_time or time()) if self.arrived_on else None


class Receiver(enum.StrEnum):
    """Who takes a file over."""

    AGENCY = "agency"
    COMMUNE = "commune"


RECEIVER_NAMES = {
    Receiver.AGENCY: _l("The agency that enforces judgments, before the end"),
    Receiver.COMMUNE: _l("The commune to which the person moves"),
}


class FileHandover(Record):
    """The file of a case was handed over: to whom, when, and what was in it, a line a document."""

    parent = "case"
    protected = True
    sensitive = frozenset({"receiver", "received_by", "items", "note"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    to: Mapped[Receiver]
    handed_on: Mapped[date]
    receiver: Mapped[str]
    received_by: Mapped[str] = mapped_column(default="")
    items: Mapped[str]
    note: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship(back_populates="handovers")

    @property
    def counts(self) -> bool:
        return self.voided_at is None

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.items.splitlines() if line.strip()]
