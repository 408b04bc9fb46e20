"""What somebody has to do by a day because a meeting, or a report, said so.

What a meeting gave waits on every agenda until it is done or dropped."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Base, Record, db
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark, ngettext
from portal.engine.workflow import Moves
from portal.meetings.workflow import TASK
from portal.organisation.models import Unit, line_of


class ActionItem(Moves, Record):
    """A task of a unit, with the later meetings of the same kind that found it still open.

    A meeting gave it with an item of its agenda, or a report with a line of its last section.
    """

    workflow = TASK
    parent = "given_by"

    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"), index=True)
    text: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="open")
    ended_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index("ix_action_item_open", "commune_id", "state", "due_on"),)

    meeting: Mapped[Any] = relationship("Meeting", back_populates="tasks")
    item: Mapped[Any] = relationship("AgendaItem", back_populates="tasks")
    report: Mapped[Any] = relationship("Report", back_populates="tasks")
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    carryings: Mapped[list["Carrying"]] = relationship(back_populates="task", cascade="all, delete-orphan")

    @property
    def given_by(self) -> Any:
        """The meeting or the report that gave it."""
        return self.meeting or self.report

    @property
    def given_on(self) -> date:
        """The day of the meeting, or that on which it was taken out of the report."""
        return self.meeting.day if self.meeting else clock.day_of(self.created_at)

    @property
    def restricted(self) -> bool:
        """Whether its item concerns some alone."""
        return bool(self.item and self.item.restricted)

    @property
    def carried(self) -> int:
        """How often it was carried over."""
        return len(self.carryings)

    def will_wait(self, meeting: Any) -> bool:
        """Whether a meeting that is to begin will find it open, and count (`carry_over`)."""
        of_its_kind = self.meeting is not None and meeting.kind == self.meeting.kind
        return self.state == "open" and meeting.began_at is None and of_its_kind

    def waited_at(self, meeting: Any) -> bool:
        """Whether a meeting that has begun found it open, and counts."""
        return any(one.meeting_id == meeting.id for one in self.carryings)

    @property
    def late(self) -> bool:
        return self.state == "open" and self.due_on < clock.today()

    @property
    def on_time(self) -> bool:
        return self.state == "done" and self.ended_on is not None and self.ended_on <= self.due_on

    @property
    def against_voiding(self) -> Sequence[Reason]:
        """What somebody did or dropped is not made undone by striking it out."""
        if self.state == "open":
            return ()
        text = mark("“%(task)s” was done or dropped already. Say first that it is not done yet, then strike it out.")
        return (Plain(text, task=self.text),)

    def moved(self, transition: str, _actor: Actor) -> None:
        """An ended task says since when; one that was opened again does not."""
        self.ended_on = None if transition == "reopen" else clock.today()


class Carrying(Base):
    """That a meeting found a task still open which an earlier one gave."""

    task_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True, index=True)

    task: Mapped[ActionItem] = relationship(back_populates="carryings")


def times_carried(task_ids: Collection[int]) -> Mapping[int, int]:
    """How often tasks were carried over, by their ids: of those that never were nothing."""
    asked = select(Carrying.task_id, func.count()).where(Carrying.task_id.in_(task_ids))
    return {row[0]: row[1] for row in db.session.execute(asked.group_by(Carrying.task_id))}


def carried_in_words(times: int) -> str:
    """How often a task was carried over; nothing where it never was."""
    return str(ngettext("carried over once", "carried over %(num)s times", times)) if times else ""


def carry_over(meeting: Any) -> None:
    """Keep of each task that an earlier meeting of the kind gave and that is still open: it waited once more."""
    kind = type(meeting)
    earlier = select(kind.id).where(
        kind.commune_id.in_(line_of(meeting.commune_id)),
        kind.kind == meeting.kind,
        kind.id != meeting.id,
        kind.began_at <= meeting.began_at,
    )
    still = ActionItem.meeting_id.in_(earlier), ActionItem.voided_at.is_(None), ActionItem.state == "open"
    for task in db.session.scalars(select(ActionItem).where(*still)):
        task.carryings.append(Carrying(meeting_id=meeting.id))


def carry_back(meeting: Any) -> None:
    """Take that back of a meeting that was not held after all, whatever became of the tasks meanwhile."""
    for carrying in db.session.scalars(select(Carrying).where(Carrying.meeting_id == meeting.id)):
        db.session.delete(carrying)
