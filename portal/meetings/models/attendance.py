"""Who is invited, who came, for whom, and to which items."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.organisation.models import Unit, User


class Stay(NamedTuple):
    """When somebody came who was late, and when they left who did so early."""

    came_at: datetime | None = None
    left_at: datetime | None = None

    def takes_in(self, moment: datetime) -> bool:
        """Whether they were there at a moment: whoever left as the meeting ended was there at its end."""
        return (self.came_at is None or self.came_at <= moment) and (self.left_at is None or moment <= self.left_at)


class Attendance(Record):
    """Somebody at a meeting, for a unit: with an account, or by name. A unit that is *needed* counts for the quorum.

    Whoever sends a substitute stays the one who was invited: *name* is then who comes, *substitute_for* in whose place.
    """

    parent = "meeting"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    needed: Mapped[bool] = mapped_column(default=True)
    comes: Mapped[bool | None]  # as they answered the invitation
    present: Mapped[bool | None]
    came_at: Mapped[datetime | None]  # of whoever came late
    left_at: Mapped[datetime | None]  # of whoever left early
    substitute_for: Mapped[str] = mapped_column(default="")

    meeting: Mapped[Any] = relationship("Meeting", back_populates="attendances")
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    user: Mapped[User | None] = relationship(foreign_keys=user_id)
    at_items: Mapped[list["ItemAttendance"]] = relationship(back_populates="attendance", order_by="ItemAttendance.id")

    @property
    def called(self) -> str:
        return self.name or (self.user.full_name if self.user else "")

    def is_called(self, name: str, unit_id: int) -> bool:
        """Whether somebody of that name, however it was typed, comes for that unit."""
        return self.unit_id == unit_id and self.called.casefold().split() == name.casefold().split()

    @property
    def office(self) -> str:
        return self.title or (self.user.title if self.user and not self.substitute_for else "")

    @property
    def came_in_person(self) -> bool:
        """Whether whoever was invited was there, and nobody in their place."""
        return bool(self.present) and not self.substitute_for

    @property
    def stay(self) -> Stay:
        return Stay(self.came_at, self.left_at)

    def send(self, substitute: str) -> None:
        """Let somebody else come in their place; the last one named counts."""
        self.substitute_for, self.name, self.title = self.substitute_for or self.called, substitute, ""

    def ask_anew(self) -> None:
        """What was answered holds no more; whoever was invited is asked, not who came in their place."""
        self.comes = None
        if self.substitute_for:
            self.name, self.substitute_for = "" if self.user else self.substitute_for, ""

    def present_at(self, item: Any) -> bool:
        """Whether they were in the room for an item: as it was recorded of that one; where nothing was, by the hours
        at which they came and left."""
        said = next((one.present for one in self.at_items if one.item_id == item.id), None)
        return bool(self.present) and (self.there_at(item.decided_at) if said is None else said)

    def there_at(self, moment: datetime | None) -> bool:
        """Whether somebody who came was there at a moment; of one that nobody knows nothing is held against them."""
        return moment is None or self.stay.takes_in(moment)

    def forget_coming(self) -> None:
        """Whether they came is asked anew."""
        self.present = self.came_at = self.left_at = None
        for one in self.at_items:
            one.present = None

    @property
    def against_voiding(self) -> Sequence[Reason]:
        """An invitation is taken back as long as it invites to something."""
        if self.meeting.state in ("scheduled", "convened"):
            return ()
        text = mark("An invitation is taken back before the meeting begins. Then it is recorded who is there.")
        return (Plain(text),)


class ItemAttendance(Record):
    """Whether somebody who came was in the room for one item."""

    parent = "attendance"

    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendance.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    present: Mapped[bool | None]  # None: nobody said so since it was asked anew

    __table_args__ = (UniqueConstraint("attendance_id", "item_id"),)

    attendance: Mapped[Attendance] = relationship(back_populates="at_items")
