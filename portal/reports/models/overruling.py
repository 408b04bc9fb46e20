"""That a finding of a check does not stand in the way of a report, and why."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.organisation.models import User


class Overruling(Record):
    """*finding* is the key of what was found with its values, *told* its words: other values are another finding."""

    parent = "report"
    sensitive = frozenset({"told", "reason"})

    __table_args__ = (UniqueConstraint("report_id", "finding"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    finding: Mapped[str]
    told: Mapped[str]
    reason: Mapped[str]

    report: Mapped[Any] = relationship("Report", back_populates="overrulings")
    author: Mapped[User | None] = relationship(foreign_keys="Overruling.created_by_id")
