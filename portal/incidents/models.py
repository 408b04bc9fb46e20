"""What somebody saw or heard, before anybody knows whether it is an incident."""

import enum
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.engine.text import _l
from portal.engine.workflow import Moves
from portal.incidents.workflow import OBSERVATION
from portal.organisation.models import Unit, User

CONFIRM_WITHIN = timedelta(hours=24)  # our own policy, holidays included


class Source(enum.StrEnum):
    """By which way it came. Who told it is not kept."""

    PATROL = "patrol"
    VILLAGE = "village"
    TELEPHONE = "telephone"
    PHONE_APP = "phone_app"


SOURCE_NAMES = {
    Source.PATROL: _l("Seen on a patrol"),
    Source.VILLAGE: _l("Told in the village"),
    Source.TELEPHONE: _l("By telephone"),
    Source.PHONE_APP: _l("By an application"),
}


class Observation(Record, Moves):
    """A first note: day, place, what was seen. It is counted nowhere; what it grows into is.

    It may be handed over to a force, which confirms the receipt.
    """

    __table_args__ = (UniqueConstraint("commune_id", "number"),)
    workflow = OBSERVATION
    protected = True
    sensitive = frozenset({"place", "text"})

    number: Mapped[str]  # QS-2026-014
    source: Mapped[Source]
    happened_on: Mapped[date]
    happened_at: Mapped[time | None]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    place: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    patrol_id: Mapped[int | None] = mapped_column(ForeignKey("patrol.id"), index=True)
    state: Mapped[str] = mapped_column(default="received", index=True)
    handed_to_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    handed_at: Mapped[datetime | None]
    receipt_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    receipt_at: Mapped[datetime | None]

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id)
    handed_to: Mapped[Unit | None] = relationship(foreign_keys=handed_to_id)
    receipt_by: Mapped[User | None] = relationship(foreign_keys=receipt_by_id)
    author: Mapped[User | None] = relationship(foreign_keys="Observation.created_by_id")
    patrol: Mapped[Any] = relationship("Patrol", back_populates="observations", foreign_keys=patrol_id)

    @property
    def where(self) -> str:
        """Village and place in one line."""
        return ", ".join(part for part in (self.village.title if self.village else "", self.place) if part)

    @property
    def receipt_due_at(self) -> datetime | None:
        """Until when the force that it was handed to confirms it: a day by the clock, as whoever is on call counts."""
        return self.handed_at + CONFIRM_WITHIN if self.handed_at else None

    @property
    def waits_for_receipt(self) -> bool:
        return self.handed_to_id is not None and self.receipt_at is None and self.state != "closed"
