"""The plan under which the forces of a commune work together: its parties, from when to when, how often they meet."""

import enum
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.engine.text import _l
from portal.organisation.models.unit import Unit


class Briefing(enum.StrEnum):
    """How often the parties meet."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


BRIEFING_NAMES = {
    Briefing.WEEKLY: _l("Every week"),
    Briefing.MONTHLY: _l("Every month"),
    Briefing.QUARTERLY: _l("Every quarter"),
}


class CoordinationPlan(Record):
    """A signed plan, valid from a day to a day, both included. Its frequencies are what figures are held against."""

    doc_number: Mapped[str]  # "03/KH-UBND"
    dated_on: Mapped[date]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    superior: Mapped[str] = mapped_column(default="")  # to whom the results are reported
    briefing_every: Mapped[Briefing] = mapped_column(default=Briefing.MONTHLY)
    patrols_a_month: Mapped[int] = mapped_column(default=0)

    parties: Mapped[list["CoordinationParty"]] = relationship(back_populates="plan", order_by="CoordinationParty.id")

    @property
    def standing_parties(self) -> list["CoordinationParty"]:
        """Those that were not taken out again."""
        return [party for party in self.parties if party.voided_at is None]

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to) and self.voided_at is None

    def days_within(self, first: date, last: date) -> int:
        """On how many days from one to another, both included, it holds."""
        ends = min(self.valid_to or last, last)
        return 0 if self.voided_at else max(0, (ends - max(self.valid_from, first)).days + 1)


class CoordinationParty(Record):
    """A force that signed the plan."""

    __table_args__ = (UniqueConstraint("plan_id", "unit_id"),)
    parent = "plan"

    plan_id: Mapped[int] = mapped_column(ForeignKey("coordination_plan.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    plan: Mapped[CoordinationPlan] = relationship(back_populates="parties")
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
