"""The monthly self-report."""

import enum
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.cases.workflow import CHECK_IN
from portal.engine import clock
from portal.engine.db import Record
from portal.engine.text import _l
from portal.engine.workflow import Moves


class Channel(enum.StrEnum):
    IN_PERSON = "in_person"
    REMOTE = "remote"


CHANNEL_NAMES = {Channel.IN_PERSON: _l("In person"), Channel.REMOTE: _l("Remotely")}

SELF_REPORT_RULES = ("COM-SELF-REPORT", "RS-PRESENT-MONTHLY")  # what a check-in of the month answers


class CheckIn(Record, Moves):
    """A self-report of one month, as it was handed in. A deficient one is returned and counts for nothing."""

    parent = "case"
    protected = True
    workflow = CHECK_IN
    sensitive = frozenset({"note"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    month: Mapped[date]  # its first day
    received_on: Mapped[date] = mapped_column(index=True)
    channel: Mapped[Channel] = mapped_column(default=Channel.IN_PERSON)
    state: Mapped[str] = mapped_column(default="received")
    note: Mapped[str] = mapped_column(default="")
    to_check: Mapped[bool] = mapped_column(default=False, server_default=false())  # another took it in than the officer
    checked_on: Mapped[date | None]  # on which the officer looked at it then, and filed it

    case: Mapped[Case] = relationship(back_populates="check_ins")

    @property
    def counts(self) -> bool:
        return self.state == "received" and self.voided_at is None

    @property
    def unchecked(self) -> bool:
        """Whether the officer in charge has still to look at it."""
        return self.counts and self.to_check and self.checked_on is None

    def moved(self, transition: str, actor: Any) -> None:
        if transition == "file":
            self.checked_on = clock.today()

    @property
    def due_on(self) -> date | None:
        """The last day on which the law wanted it; None where it asks for none in that month."""
        owed = self.case.law.monthly(self.month)
        return next((due.due_on for due in owed if due.rule in SELF_REPORT_RULES), None)

    @property
    def late_days(self) -> int:
        """How many days after that it came."""
        due_on = self.due_on
        return max(0, (self.received_on - due_on).days) if due_on else 0
