"""Protection of events and delegations, recorded afterwards. How it was to be done is written nowhere here."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.organisation.models import Unit


class EventProtection(Record):
    """An occasion that was protected: which forces with how many people, and how it went."""

    occasion: Mapped[str]
    held_on: Mapped[date] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")

    forces: Mapped[list["ProtectionForce"]] = relationship(back_populates="protection", order_by="ProtectionForce.id")

    @property
    def people(self) -> int:
        return sum(force.count for force in self.forces)


class ProtectionForce(Record):
    """How many of one force were there."""

    __table_args__ = (UniqueConstraint("protection_id", "unit_id"),)
    parent = "protection"

    protection_id: Mapped[int] = mapped_column(ForeignKey("event_protection.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    count: Mapped[int]

    protection: Mapped[EventProtection] = relationship(back_populates="forces")
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
