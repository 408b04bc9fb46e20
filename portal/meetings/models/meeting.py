"""A meeting: when, where, who chairs, for which days; and what is missing before its next step."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Record
from portal.engine.excerpts import returned_from
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import Moves, State
from portal.meetings.models.attendance import Attendance
from portal.meetings.models.item import AgendaItem
from portal.meetings.models.kinds import KIND_NAMES, MeetingKind
from portal.meetings.models.minutes import Minutes, freeze, return_excerpts
from portal.meetings.models.series import MeetingSeries
from portal.meetings.models.task import ActionItem, carry_back, carry_over
from portal.meetings.workflow import MEETING
from portal.organisation.models import Unit, User

BEFORE = ("scheduled", "convened")
TOOK_PLACE = ("held", "minutes_drafted", "minutes_approved", "closed")
NO_QUORUM = mark(
    "%(present)s of %(all)s units are here; %(quorum)s are needed. Missing: %(missing)s. "
    "Record who else came, or postpone the meeting."
)
WAS_NO_QUORUM = mark(
    "%(present)s of %(all)s units were there; %(quorum)s were needed. Missing: %(missing)s. "
    "Record who else was there, or break the meeting off."
)


IN_SESSION = State(_l("In session"), "active")


class Meeting(Moves, Record):
    """A meeting of the forces. *period_first* to *period_last*, both included, are the days that it looks back on."""

    workflow = MEETING

    number: Mapped[str]
    kind: Mapped[MeetingKind]
    subject: Mapped[str] = mapped_column(default="")  # of an extraordinary meeting
    series_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_series.id"), index=True)
    by_rule_on: Mapped[date | None]  # the day that the rule of its series gave it, wherever it was moved since
    state: Mapped[str] = mapped_column(default="scheduled")
    starts_at: Mapped[datetime]
    moved_on: Mapped[date | None]  # when another hour was said last than that with which it was entered
    place: Mapped[str]
    chair_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    chair_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    secretary_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    period_first: Mapped[date]
    period_last: Mapped[date]
    quorum: Mapped[int]  # of the units that are needed, how many must be there
    invitation: Mapped[int] = mapped_column(default=0)  # how often it was sent: once more after each move
    compiled_at: Mapped[datetime | None]
    held_on: Mapped[date | None]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    conclusion: Mapped[str] = mapped_column(default="")  # of the chair, for the whole

    __table_args__ = (
        Index("ix_meeting_number", "commune_id", "number", unique=True),
        Index("ix_meeting_held", "commune_id", "kind", "held_on"),
    )

    commune: Mapped[Unit] = relationship(foreign_keys="Meeting.commune_id")
    series: Mapped[MeetingSeries | None] = relationship()
    chair: Mapped[User] = relationship(foreign_keys=chair_id)
    chair_unit: Mapped[Unit] = relationship(foreign_keys=chair_unit_id)
    secretary: Mapped[User] = relationship(foreign_keys=secretary_id)
    items: Mapped[list[AgendaItem]] = relationship(
        back_populates="meeting", order_by="(AgendaItem.position, AgendaItem.id)"
    )
    attendances: Mapped[list[Attendance]] = relationship(back_populates="meeting", order_by="Attendance.id")
    minutes: Mapped[Minutes | None] = relationship(back_populates="meeting")
    tasks: Mapped[list[ActionItem]] = relationship(back_populates="meeting", order_by="ActionItem.id")

    @property
    def standing(self) -> State:
        """Until its end is written down it is in session."""
        return IN_SESSION if self.in_session else super().standing

    @property
    def in_session(self) -> bool:
        return self.state == "held" and self.ended_at is None

    @property
    def runs_now(self) -> bool:
        """Whether people sit together now, as far as anybody can tell: in session, on its day."""
        return self.in_session and self.held_on == clock.today()

    @property
    def kind_name(self) -> str:
        return str(KIND_NAMES[self.kind])

    @property
    def day(self) -> date:
        """The day on which it was held or, until then, for which it is planned."""
        return self.held_on or clock.day_of(self.starts_at)

    @property
    def of_month(self) -> date:
        """A day of the month after which it is called: one that is held early or late is still that of its month."""
        return self.by_rule_on or self.day

    @property
    def took_place(self) -> bool:
        return self.state in TOOK_PLACE and self.voided_at is None

    @property
    def changes_agenda(self) -> bool:
        """Whether items still come, are written for, or are struck out."""
        return self.state in (*BEFORE, "held")

    @property
    def agenda(self) -> list[AgendaItem]:
        """The items that are heard: neither struck out nor late ones that the chair has not admitted."""
        return sorted((item for item in self.items if item.heard), key=lambda item: item.position)

    @property
    def late_items(self) -> list[AgendaItem]:
        """Those that came after the invitations and wait for the chair."""
        return [item for item in self.items if item.waits]

    @property
    def invited(self) -> list[Attendance]:
        return [one for one in self.attendances if one.voided_at is None]

    @property
    def units_needed(self) -> set[int]:
        return {one.unit_id for one in self.invited if one.needed}

    @property
    def units_present(self) -> set[int]:
        return {one.unit_id for one in self.invited if one.needed and one.present}

    def units_there(self, at: datetime) -> set[int]:
        """Those of the units that are needed who were there at a moment."""
        return {one.unit_id for one in self.invited if one.needed and one.present and one.there_at(at)}

    @property
    def has_quorum(self) -> bool:
        return len(self.units_present) >= self.quorum

    @property
    def units_missing(self) -> list[Unit]:
        """Those that are needed and not there, each once."""
        return list(dict.fromkeys(one.unit for one in self.invited if one.needed and not one.present
                                  and one.unit_id not in self.units_present))  # fmt: skip

    def units_at(self, item: AgendaItem) -> set[int]:
        """Those of the units that are needed who were in the room for an item."""
        return {one.unit_id for one in self.invited if one.needed and one.present_at(item)}

    @property
    def chair_was_there(self) -> bool:
        return any(one.user_id == self.chair_id and one.came_in_person for one in self.invited)

    @property
    def words_due_on(self) -> date:
        """The day until which the forces write what they have to say: the day before, or the day itself where they
        learned of it no sooner."""
        learned_on = self.moved_on or clock.day_of(self.created_at)
        return max(self.day - timedelta(days=1), min(learned_on, self.day))

    def put(self, starts_at: datetime, place: str) -> None:
        """Say when and where it is held."""
        if starts_at != self.starts_at:
            self.moved_on = clock.today()
        self.starts_at, self.place = starts_at, place

    def starts(self) -> Iterator[tuple[AgendaItem, datetime]]:
        """When each item is due, one after the other."""
        at = self.began_at or self.starts_at
        for item in self.agenda:
            yield item, at
            at += timedelta(minutes=item.minutes)

    # ── what stands against the next step ───────────────────────────────────────────────────────────────────────────
    def not_ready(self) -> Sequence[Reason]:
        missing = []
        if not self.agenda:
            missing.append(Plain(mark("The agenda is empty. Compile it first.")))
        if not self.units_needed:
            missing.append(Plain(mark("Nobody is invited yet.")))
        if self.starts_at <= clock.now():
            missing.append(Plain(mark("The hour of the meeting has passed. Move it to another day first.")))
        return missing

    def without_quorum(self) -> Sequence[Reason]:
        """Who is missing, before it begins and until its minutes are approved."""
        if self.has_quorum:
            return ()
        missing = ", ".join(unit.title for unit in self.units_missing)
        told = {"present": len(self.units_present), "all": len(self.units_needed), "quorum": self.quorum}
        return (Plain(WAS_NO_QUORUM if self.took_place else NO_QUORUM, missing=missing, **told),)

    def not_concluded(self) -> Sequence[Reason]:
        wrong = (
            (mark("Items without an outcome: %(numbers)s."), [one for one in self.agenda if not one.concluded]),
            (
                mark("Items with an order that nobody has to carry out by a day: %(numbers)s."),
                [one for one in self.agenda if one.lacks_task],
            ),
        )
        found = [Plain(text, numbers=_numbers(items)) for text, items in wrong if items]
        if self.late_items:
            found.append(Plain(mark("Late items wait for the chair to admit or strike them out.")))
        return found

    def not_explained(self) -> Sequence[Reason]:
        unexplained = [item for item in self.agenda if item.lacks_why_without_quorum]
        text = mark("Items that were concluded without the quorum and without saying why: %(numbers)s.")
        return (Plain(text, numbers=_numbers(unexplained)),) if unexplained else ()

    def not_ended(self) -> Sequence[Reason]:
        if self.ended_at:
            return ()
        return (Plain(mark("The hour at which the meeting ended is not written down yet. End the meeting first.")),)

    def not_returned(self) -> Sequence[Reason]:
        returned = {(one.record_type, one.record_id) for one in returned_from(self)}
        owed = [one for one in self.agenda if one.subject_type and (one.subject_type, one.subject_id) not in returned]
        if not owed:
            return ()
        text = mark("Items whose excerpt has not returned to its record: %(numbers)s.")
        return (Plain(text, numbers=_numbers(owed)),)

    def moved(self, transition: str, actor: Actor) -> None:
        """Holding a meeting finds older tasks still open; approving its minutes freezes them and returns excerpts."""
        if transition == "hold":
            carry_over(self)
        if transition == "break_off":
            carry_back(self)
            self._was_not_held()
        if transition == "approve_minutes":
            freeze(self, actor)
            return_excerpts(self, actor)

    def _was_not_held(self) -> None:
        """It has neither day nor guests that were there, nor hours of its items, until it begins anew."""
        self.held_on = self.began_at = self.ended_at = None
        for item in self.items:
            item.concluded_at = None
        for one in self.invited:
            one.forget_coming()


def _numbers(items: Iterable[AgendaItem]) -> str:
    return ", ".join(str(one.position) for one in items)
