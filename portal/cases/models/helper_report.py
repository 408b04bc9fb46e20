"""What a helper tells the commune police of a quarter, in three answers."""

import enum
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.assignment import Assignment
from portal.cases.models.case import Case
from portal.engine import clock
from portal.engine.db import Record
from portal.engine.text import _l

STANDS = text("voided_at IS NULL")
ONE_EACH: dict[str, Any] = {"unique": True, "sqlite_where": STANDS, "postgresql_where": STANDS}


class GettingOn(enum.StrEnum):
    """How the person gets on, in the words of whoever meets them: no rating, and counted nowhere."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


GETTING_ON_NAMES = {
    GettingOn.GOOD: _l("Well"),
    GettingOn.FAIR: _l("Neither well nor badly"),
    GettingOn.POOR: _l("Badly"),
}


class HelperReport(Record):
    """The quarterly report of a helper. One a quarter counts; whoever helps then has done their duty."""

    __table_args__ = (Index("uq_helper_report_quarter", "case_id", "quarter", **ONE_EACH),)

    parent = "case"
    protected = True
    sensitive = frozenset({"help_given", "to_know"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    quarter: Mapped[str]  # 2026-Q4
    written_on: Mapped[date] = mapped_column(default=clock.today)
    getting_on: Mapped[GettingOn]
    help_given: Mapped[str]
    to_know: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship(back_populates="helper_reports")
    assignment: Mapped[Assignment] = relationship()

    @property
    def counts(self) -> bool:
        return self.voided_at is None
