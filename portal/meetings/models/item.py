"""What stands on an agenda: where it came from, its figures, the words of a force, and what was concluded."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.agenda import titled
from portal.engine.db import EMPTY, Base, Record
from portal.engine.presentation import hour
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.meetings.models.outcome import EarlierOutcome, Outcome
from portal.organisation.models import Unit, User

USUAL_MINUTES = 15
LAST_MINUTES = "meetings.minutes"  # the source of the item in which the last minutes are approved
SUBJECT = "subject"  # the source of the item that says what an extraordinary meeting is about
HOLDS_FOR = timedelta(minutes=10)  # since whoever writes an item saved it last
NO_LONGER = mark("no longer reported by the records")  # why a fresh compilation takes out what it did not find


def is_report(source_id: str) -> bool:
    return source_id.startswith("report.")


class AgendaItem(Record):
    """One item. *source_id* names the declaration that made it; without one, somebody proposed it.

    *heard_text* is what the minutes say of it. Whoever saves it first holds it for a while (`held_by_id`), so that two
    secretaries do not write over each other.
    """

    parent = "meeting"
    sensitive = frozenset({"title", "title_values", "text", "own_words", "heard_text", "outcome_text",
                           "no_conclusion_reason", "why_without_quorum"})  # fmt: skip

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]  # as people typed it or, where the records say it, as papers do
    title_text: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # the marked text that it was made of
    title_values: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))  # that it names
    text: Mapped[str] = mapped_column(default="")
    reported: Mapped[bool] = mapped_column(default=True, server_default=true())  # False: the records tell it no longer
    minutes: Mapped[int] = mapped_column(default=USUAL_MINUTES)
    source_id: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)  # whose turn it is
    subject_type: Mapped[str | None]
    subject_id: Mapped[int | None]
    restricted: Mapped[bool] = mapped_column(default=False)
    late: Mapped[bool] = mapped_column(default=False)
    admitted_at: Mapped[datetime | None]
    admitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    own_words: Mapped[str] = mapped_column(default="")
    words_at: Mapped[datetime | None]
    words_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    heard_text: Mapped[str] = mapped_column(default="")
    outcome: Mapped[Outcome | None]
    concluded_at: Mapped[datetime | None]  # in session, with the outcome as it is; what is given afterwards keeps it
    outcome_text: Mapped[str] = mapped_column(default="")
    no_conclusion_reason: Mapped[str] = mapped_column(default="")
    why_without_quorum: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    held_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_agenda_item_subject", "subject_type", "subject_id"),)

    meeting: Mapped[Any] = relationship("Meeting", back_populates="items")
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    held_by: Mapped[User | None] = relationship(foreign_keys=held_by_id)
    words_by: Mapped[User | None] = relationship(foreign_keys=words_by_id)
    draft: Mapped["ItemDraft | None"] = relationship(back_populates="item", cascade="all, delete-orphan")
    figures: Mapped[list["AgendaFigure"]] = relationship(
        back_populates="item", order_by="AgendaFigure.id", cascade="all, delete-orphan"
    )
    earlier: Mapped[list[EarlierOutcome]] = relationship(back_populates="item", order_by="EarlierOutcome.id")
    tasks: Mapped[list[Any]] = relationship("ActionItem", back_populates="item", order_by="ActionItem.id")

    @property
    def held_until(self) -> datetime | None:
        """Until when whoever wrote it last has it for themselves; None for one that nobody writes now."""
        until = self.held_at + HOLDS_FOR if self.held_by_id and self.held_at else None
        return until if until and until > clock.now() else None

    def held_from(self, user_id: int | None) -> Sequence[Reason]:
        """That somebody else writes it now, and until when."""
        if self.held_until is None or self.held_by is None or self.held_by_id == user_id:
            return ()
        text = mark("%(name)s writes this item, last at %(time)s. It is free at %(until)s, or once they have saved it.")
        told = {"name": self.held_by.full_name, "time": hour(self.held_at), "until": hour(self.held_until)}
        return (Plain(text, **told),)

    @property
    def called(self) -> str:
        """Its title on pages: in the reader's language what the portal composed, as it is what people typed."""
        return titled(self.title_text, self.title_values or {}) if self.title_text else self.title

    @property
    def struck_out(self) -> bool:
        """Whether somebody took it off the agenda, who has the last word: not the records that tell it no longer."""
        return self.voided_at is not None and self.reported

    @property
    def waits(self) -> bool:
        """Late, and the chair has not said yet whether it is heard."""
        return self.late and self.admitted_at is None and self.voided_at is None

    @property
    def heard(self) -> bool:
        return self.voided_at is None and not self.waits

    @property
    def against_hearing(self) -> Sequence[Reason]:
        """Nothing is said and nothing concluded on what the meeting does not hear."""
        if self.voided_at is not None:
            return (Plain(mark("This item was struck out: nothing is recorded of it.")),)
        if self.waits:
            return (Plain(mark("This item came late: the chair has to admit it before anything is recorded of it.")),)
        return ()

    @property
    def vanished(self) -> bool:
        """Whether a fresh compilation left it out before anybody said, wrote or ordered anything on it."""
        written = self.own_words or self.heard_text or self.outcome or self.earlier or self.tasks
        return self.voided_at is not None and not self.reported and not written

    @property
    def concluded(self) -> bool:
        return self.outcome is not None

    @property
    def decided_at(self) -> datetime | None:
        """When it was concluded, or now while it may be: who was there then is asked for its quorum.

        What was concluded after the hour that was written down as the end was so at the end. None where nobody knows,
        as of what was written down afterwards alone.
        """
        if not self.concluded and self.meeting.runs_now:
            return clock.now()
        ended_at = self.meeting.ended_at
        return min(self.concluded_at, ended_at) if self.concluded_at and ended_at else self.concluded_at

    @property
    def said_of_outcome(self) -> str:
        """What was concluded in words, or why nothing was."""
        return self.no_conclusion_reason or self.outcome_text

    @property
    def is_report(self) -> bool:
        """Whether a force reports here in its own words."""
        return is_report(self.source_id)

    @property
    def heard_apart(self) -> bool:
        """Whether it was recorded who was in the room for it."""
        return any(one.item_id == self.id and one.present is not None for guest in self.meeting.invited
                   for one in guest.at_items)  # fmt: skip

    @property
    def lacks_quorum(self) -> bool:
        """Whether fewer units than are needed were in the room when it was heard."""
        return bool(len(self.meeting.units_at(self)) < self.meeting.quorum)

    @property
    def explained_without_quorum(self) -> str:
        """Why it was concluded though too few heard it; nothing where it turned out since that enough did."""
        return self.why_without_quorum if self.lacks_quorum else ""

    @property
    def lacks_why_without_quorum(self) -> bool:
        """Whether the chair concluded it all the same, and nobody wrote down why."""
        decided = self.concluded and self.outcome != Outcome.NO_CONCLUSION
        return decided and self.lacks_quorum and not self.why_without_quorum

    @property
    def standing(self) -> bool:
        """Whether every meeting hears it: what the rooms always tell, the reports of the forces, the conclusions."""
        return bool(self.source_id) and not self.subject_type and self.reported

    @property
    def against_voiding(self) -> Sequence[Reason]:
        """It is struck out while the agenda can still be changed, and not from under what came out of it."""
        if not self.meeting.changes_agenda:
            return (Plain(mark("The meeting is over: its agenda stays as it is.")),)
        against = []
        if self.standing:
            against.append(Plain(mark("Every meeting hears this item: it stays on the agenda.")))
        if self.concluded:
            against.append(Plain(mark("This item has its outcome. Take that back first.")))
        elif self.open_tasks:
            against.append(Plain(mark("This item gave tasks. Strike them out first.")))
        return against

    @property
    def open_tasks(self) -> list[Any]:
        return [task for task in self.tasks if task.voided_at is None]

    @property
    def lacks_task(self) -> bool:
        return self.outcome == Outcome.INSTRUCTED and not self.open_tasks


class ItemDraft(Base):
    """What is typed of an outcome that is not given yet: kept while one types, gone once the item is saved."""

    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), primary_key=True)
    outcome: Mapped[Outcome | None]
    outcome_text: Mapped[str]
    no_conclusion_reason: Mapped[str]
    why_without_quorum: Mapped[str]
    task: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    due_on: Mapped[date | None]

    item: Mapped[AgendaItem] = relationship(back_populates="draft")

    def adds_to(self, item: AgendaItem) -> bool:
        """Whether anything is typed that does not stand in the item."""
        names = ("outcome", "outcome_text", "no_conclusion_reason", "why_without_quorum")
        ordered = self.task or self.unit_id or self.due_on
        return bool(ordered) or any(getattr(self, name) != getattr(item, name) for name in names)


class AgendaFigure(Base):
    """A figure under an item, as it was when the agenda was compiled. *opens* leads to its records (`agenda.Told`)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    label: Mapped[str]
    value: Mapped[str]
    opens: Mapped[str] = mapped_column(default="")
    first: Mapped[date]
    last: Mapped[date]

    item: Mapped[AgendaItem] = relationship(back_populates="figures")
