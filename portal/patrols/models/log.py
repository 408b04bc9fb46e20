"""A log as it was written, word for word, and what each force said to it."""

import enum
import json
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import audit, clock
from portal.engine.db import Record
from portal.organisation.models import Unit, User
from portal.patrols.models.patrol import Patrol

SIGN_WITHIN = timedelta(days=3)  # for each force to answer to a log: our own policy
CONTENT = (
    "patrol_id", "number", "started_at", "ended_at", "leader", "means", "forces", "stops", "violations_found",
    "conclusion", "recommendation",
)  # fmt: skip


class Outcome(enum.StrEnum):
    """The force that wrote the log stands for it; the others sign or dispute it. One that it leaves out agrees to that,
    or disputes it."""

    LOGGED = "logged"
    SIGNED = "signed"
    DISPUTED = "disputed"
    AGREED = "agreed"


class PatrolLog(Record):
    """What was logged, frozen: a log that was disputed stays beside the one that was written after it."""

    __table_args__ = (UniqueConstraint("patrol_id", "number"),)
    parent = "patrol"

    patrol_id: Mapped[int] = mapped_column(ForeignKey("patrol.id"), index=True)
    number: Mapped[int]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    leader: Mapped[str]
    means: Mapped[str]
    forces: Mapped[str]  # one force a line, with its head-count
    stops: Mapped[str]  # one stop a line, with its hour
    violations_found: Mapped[int]
    conclusion: Mapped[str]
    recommendation: Mapped[str]
    logged_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    logged_for_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    logged_at: Mapped[datetime]
    frozen_digest: Mapped[str] = mapped_column(default="")

    patrol: Mapped[Patrol] = relationship(back_populates="logs")
    logged_by: Mapped[User] = relationship(foreign_keys=logged_by_id)
    logged_for: Mapped[Unit] = relationship(foreign_keys=logged_for_id)
    signatures: Mapped[list["Countersignature"]] = relationship(back_populates="log", order_by="Countersignature.id")

    def digest(self) -> str:
        """The keyed digest of what was logged: whoever has only the database cannot make it anew."""
        told = {name: _same(getattr(self, name)) for name in CONTENT}
        return audit.digest(json.dumps(told, sort_keys=True, ensure_ascii=False))

    @property
    def intact(self) -> bool:
        """Whether what was signed is still what stands here."""
        return self.frozen_digest == self.digest()

    @property
    def answer_by(self) -> date:
        """The last day on which each force is to answer, and on which one that it leaves out is waited for."""
        return clock.day_of(self.logged_at) + SIGN_WITHIN

    @property
    def dispute(self) -> "Countersignature | None":
        return next((one for one in self.signatures if one.outcome == Outcome.DISPUTED), None)


class Countersignature(Record):
    """What a force said to a log: once, by somebody of its own."""

    __table_args__ = (UniqueConstraint("log_id", "unit_id"),)
    parent = "log"

    log_id: Mapped[int] = mapped_column(ForeignKey("patrol_log.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    outcome: Mapped[Outcome]
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    log: Mapped[PatrolLog] = relationship(back_populates="signatures")
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    by: Mapped[User] = relationship(foreign_keys=by_id)


def _same(value: object) -> str:
    """A value as the digest knows it, whichever engine gave it back."""
    return value.astimezone(UTC).isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
