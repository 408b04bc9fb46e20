"""What must be done by a date: one record for every screen, escalation and figure that speaks of it."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.db import EMPTY, Base, Record
from portal.organisation.models import Unit, User

_STILL_OPEN = text("done_on IS NULL AND dropped_on IS NULL AND voided_at IS NULL")
_UNREAD = text("read_at IS NULL")


class Duty(Record):
    """Something owed by a day: by one person or, where nobody is named, by whoever holds the role in the commune.

    What a force owes is that of whoever holds the role in *owner_unit*: of two border posts each does its own. Where it
    is owed *on_call*, it is that of whoever is on call for the force while somebody is.

    It is made by a rule from the facts of its subject, and done when those facts say so. *key* tells the duties of one
    rule and subject apart ("2026-11"). *opens_on* is the first day on which it can be done.
    """

    sensitive = frozenset({"note"})

    rule: Mapped[str] = mapped_column(index=True)
    subject_type: Mapped[str]
    subject_id: Mapped[int]
    key: Mapped[str] = mapped_column(default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    opens_on: Mapped[date | None]
    due_on: Mapped[date] = mapped_column(index=True)
    due_at: Mapped[datetime | None]  # where hours count, also on days off
    alert_on: Mapped[date | None]  # a working day before, where the due day is a day off
    is_right: Mapped[bool] = mapped_column(default=False)  # a right of the person that becomes possible on the day
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    owner_role: Mapped[str]
    on_call: Mapped[bool] = mapped_column(default=False, server_default=false())
    owner_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    source: Mapped[str] = mapped_column(default="")
    confirmed: Mapped[bool] = mapped_column(default=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what the rule's sentence names
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # how it was done, or why a right was left
    said_at: Mapped[datetime | None] = mapped_column(index=True)  # when somebody said by hand what became of it
    rests_until: Mapped[date | None]  # from this day on a right that was left is asked for again
    dropped_on: Mapped[date | None]
    drop_reason: Mapped[str] = mapped_column(default="")  # why the rules ask for it no more

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    owner_unit: Mapped[Unit | None] = relationship(foreign_keys=owner_unit_id)
    case: Mapped[Any] = relationship("Case", foreign_keys=case_id)
    escalations: Mapped[list["Escalation"]] = relationship(
        back_populates="duty", order_by="Escalation.from_on", cascade="all, delete-orphan"
    )

    __table_args__ = (
        UniqueConstraint("rule", "subject_type", "subject_id", "key"),
        Index("ix_duty_open", "commune_id", "done_on", "dropped_on", "due_on"),
        Index("ix_duty_next", "case_id", "due_on", sqlite_where=_STILL_OPEN, postgresql_where=_STILL_OPEN),
    )

    @property
    def open(self) -> bool:
        return self.done_on is None and self.dropped_on is None and self.voided_at is None

    @property
    def left(self) -> bool:
        """Whether somebody said that a right is not used, and why."""
        return self.dropped_on is not None and self.done_by_id is not None

    @property
    def answered(self) -> bool:
        """Whether it is a right of which somebody said what became of it; `queries.answered_rights` is its twin."""
        return self.is_right and self.done_by_id is not None and self.note != "" and self.voided_at is None

    @property
    def rests(self) -> bool:
        """Whether nobody is asked for the time being, since somebody said why not."""
        return self.left and (self.rests_until is None or clock.today() < self.rests_until)

    @property
    def days_left(self) -> int:
        """Days from today to the due day; negative once it is overdue."""
        return (self.due_on - clock.today()).days


class Escalation(Base):
    """From which day on an open duty also stands before a higher role."""

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    role: Mapped[str]
    from_on: Mapped[date] = mapped_column(index=True)

    duty: Mapped[Duty] = relationship(back_populates="escalations")


class Notification(Base):
    """A line behind somebody's bell. It is no record of anything: it says that something is there to be looked at.

    Its sentence is that of its kind, in the language of whoever reads it, with *values* in it.
    """

    __table_args__ = (
        Index("ix_notification_unread", "user_id", "kind", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
        Index("ix_notification_about", "subject_type", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[int]
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]


class Outbox(Base):
    """A mail that waits to be sent, or was. It stands in the commit of what it tells of, so that none is lost.

    *subject* and *text* say nothing about anybody. While notices are added to it each is a new *version*, a mail of its
    own: so its *message_id* is another one, which is the same at every try. *next_at* is when it is tried.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    message_id: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(index=True)
    taken_at: Mapped[datetime | None]  # since when somebody is sending it
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")  # what the last try ended with: the name of the fault, no address
    about: Mapped[str] = mapped_column(default="hours", server_default="hours")  # or "digest": mails of their own


class Digest(Base):
    """That somebody was told in the morning of a day what they owe, and by how much: numbers alone, once a day.

    Nobody's line says whether it was looked at: that is told by when they last were in the portal. *told_up_at*: since
    when the next in line knows that it was not.
    """

    __table_args__ = (UniqueConstraint("user_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    on: Mapped[date] = mapped_column(index=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    overdue: Mapped[int]
    today: Mapped[int]
    week: Mapped[int]
    rights: Mapped[int]
    notices: Mapped[int]  # unread ones that came since the digest before
    told_up_at: Mapped[datetime | None]


class CalendarFeed(Base):
    """The secret address under which somebody's own calendar reads what they owe in one role, while they hold it.

    Of the secret only a keyed digest is kept. One is active a person: a new one ends the one before. *asked* counts
    since *asked_from*, so that no program asks without end.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    acting_key: Mapped[str]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]
    asked_from: Mapped[datetime | None]
    asked: Mapped[int] = mapped_column(default=0)
    last_asked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=user_id)


class DutyRoster(Record):
    """Who is on call for a force for 24 hours from an hour of a day on, and under which number they answer.

    A turn that begins at 7 ends at 7 on the day after, or when the next one begins. One a unit and day.
    """

    __table_args__ = (Index("ix_duty_roster_of", "unit_id", "on"),)

    sensitive = frozenset({"phone"})

    on: Mapped[date]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    phone: Mapped[str] = mapped_column(default="")
    from_hour: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    user: Mapped[User] = relationship(foreign_keys=user_id)

    @property
    def begins_at(self) -> datetime:
        return clock.moment(self.on, self.from_hour)

    @property
    def ends_at(self) -> datetime:
        return self.begins_at + timedelta(days=1)
