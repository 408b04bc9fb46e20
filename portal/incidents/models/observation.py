"""What somebody saw or heard, before anybody knows whether it is an incident."""

import enum
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import Moves, State
from portal.incidents.models.incident import Incident
from portal.incidents.workflow import HANDED_OVER, OBSERVATION, OPEN
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

    It may be handed over to a force, which confirms the receipt. *handed_to* is the one that was asked last: it
    reads the observation, and whoever was asked before reads it no more.
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
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)  # what it turned out to be

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id)
    handed_to: Mapped[Unit | None] = relationship(foreign_keys=handed_to_id)
    hand_overs: Mapped[list["HandOver"]] = relationship(back_populates="observation", order_by="HandOver.id")
    author: Mapped[User | None] = relationship(foreign_keys="Observation.created_by_id")
    patrol: Mapped[Any] = relationship("Patrol", back_populates="observations", foreign_keys=patrol_id)
    incident: Mapped["Incident | None"] = relationship(back_populates="observations", foreign_keys=incident_id)

    @property
    def where(self) -> str:
        """Village and place in one line."""
        return ", ".join(part for part in (self.village.title if self.village else "", self.place) if part)

    @property
    def handed(self) -> "HandOver | None":
        """The hand-over that stands: the last one."""
        return self.hand_overs[-1] if self.hand_overs else None

    @property
    def receipt_due_at(self) -> datetime | None:
        """Until when the force that it was handed to confirms it: a day by the clock, as whoever is on call counts."""
        return self.handed.at + CONFIRM_WITHIN if self.handed else None

    @property
    def confirmed(self) -> bool:
        """Whether the force that it was handed to has it."""
        return self.handed is not None and self.handed.receipt_at is not None

    def came_before(self, step_at: datetime | None) -> "HandOver | None":
        """The hand-over by which a force has it, where nobody had taken it on or closed it by then."""
        came = self.handed.receipt_at if self.handed else None
        return self.handed if came and (step_at is None or came <= step_at) else None

    @property
    def held_by(self) -> Unit | None:
        """The force that it was handed over to and that has it; without one, it is the police's."""
        return self.handed.unit if self.handed and self.confirmed else None

    @property
    def standing(self) -> State:
        """How it stands; what was handed over is not as new as on its first day, though nobody took it on yet."""
        return HANDED_OVER if self.state == "received" and self.held_by else super().standing

    @property
    def against_files(self) -> Sequence[Reason]:
        """What somebody closed stays as it was, with the photos beside it."""
        if self.state in OPEN:
            return ()
        return (Plain(mark("Files are attached and struck out until the observation is closed.")),)

    @property
    def waits_for_receipt(self) -> bool:
        return self.handed is not None and not self.confirmed and self.state in OPEN


class HandOver(Record):
    """That an observation was handed over: from which force to which, when, and who confirmed that it came.

    Each stays, also one that another force was asked for afterwards. Who handed it over is who entered the row.
    """

    parent = "observation"

    observation_id: Mapped[int] = mapped_column(ForeignKey("observation.id"), index=True)
    from_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    at: Mapped[datetime]
    receipt_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    receipt_at: Mapped[datetime | None]

    observation: Mapped[Observation] = relationship(back_populates="hand_overs")
    from_unit: Mapped[Unit | None] = relationship(foreign_keys=from_unit_id)
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
