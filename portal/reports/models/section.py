"""What people write in a report: one text a section, with figures as {their.id} and never as digits."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record


class ReportSection(Record):
    """The text of one section, by its id."""

    parent = "report"
    sensitive = frozenset({"text"})

    __table_args__ = (UniqueConstraint("report_id", "key"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    key: Mapped[str]
    text: Mapped[str] = mapped_column(default="")

    report: Mapped[Any] = relationship("Report", back_populates="written")

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]
