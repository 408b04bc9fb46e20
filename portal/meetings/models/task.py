"""What somebody has to do by a day because a meeting said so. It waits on every agenda until it is done or dropped."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Record, db
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.engine.workflow import Moves
from portal.meetings.workflow import TASK
from portal.organisation.models import Unit, line_of


class ActionItem(Moves, Record):
    """A task of a unit. *carried* counts the later meetings of the same kind that found it still open."""

    workflow = TASK
    parent = "meeting"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    text: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="open")
    ended_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(default="")
    carried: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index("ix_action_item_open", "commune_id", "state", "due_on"),)

    meeting: Mapped[Any] = relationship("Meeting", back_populates="tasks")
    item: Mapped[Any] = relationship("AgendaItem", back_populates="tasks")
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)

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


def carry_over(meeting: Any) -> None:
    """Count for each task that an earlier meeting of the kind gave and that is still open: it waited once more."""
    for task in db.session.scalars(_of_earlier(meeting).where(ActionItem.state == "open")):
        task.carried += 1


def carry_back(meeting: Any) -> None:
    """Take that back of a meeting that was not held after all, also for tasks that ended meanwhile."""
    found = or_(ActionItem.state == "open", ActionItem.ended_on >= meeting.held_on)
    for task in db.session.scalars(_of_earlier(meeting).where(found, ActionItem.carried > 0)):
        task.carried -= 1


def _of_earlier(meeting: Any) -> Select[Any]:
    """Tasks that earlier meetings of the kind gave."""
    kind = type(meeting)
    earlier = select(kind.id).where(
        kind.commune_id.in_(line_of(meeting.commune_id)),
        kind.kind == meeting.kind,
        kind.id != meeting.id,
        kind.began_at <= meeting.began_at,
    )
    return select(ActionItem).where(ActionItem.meeting_id.in_(earlier), ActionItem.voided_at.is_(None))
