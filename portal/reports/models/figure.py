"""A figure as it was on the day of the approval, with the records that it counted."""

import hashlib
import json
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import EMPTY, Base

BROUGHT_IN = "brought in"  # instead of a digest


class ReportFigure(Base):
    """It never changes. *ids* and *previous_ids* are those of the records counted in both periods; *parts* the
    breakdowns of that day by name, each a list of [what, value, value of the year before].

    The ids may be very many. They are read only where a figure is opened or compared; for whoever reads no more than
    the report *records_digest* stands for them. Of a report that was approved in another portal they lie there, under
    ids that mean nothing here: the digest then says that it was brought in, and there are none.
    """

    __table_args__ = (UniqueConstraint("report_id", "figure_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    position: Mapped[int]
    figure_id: Mapped[str]
    label: Mapped[str]
    definition: Mapped[str]
    unit: Mapped[str]
    kind: Mapped[str]
    record_type: Mapped[str]
    value: Mapped[Any] = mapped_column(JSON)
    previous_value: Mapped[Any] = mapped_column(JSON)
    ids: Mapped[list[int]] = mapped_column(JSON, deferred=True)
    previous_ids: Mapped[list[int]] = mapped_column(JSON, deferred=True)
    records_digest: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    parts: Mapped[dict[str, Any]] = mapped_column(JSON)

    report: Mapped[Any] = relationship("Report", back_populates="figures")

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.records_digest = self._digest

    @classmethod
    def brought_in(cls, **facts: Any) -> "ReportFigure":
        """One of a report that was approved in another portal."""
        figure = cls(ids=[], previous_ids=[], **facts)
        figure.records_digest = BROUGHT_IN
        return figure

    @property
    def was_brought_in(self) -> bool:
        return self.records_digest == BROUGHT_IN

    @property
    def _digest(self) -> str:
        content = json.dumps([self.ids, self.previous_ids], separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def records_intact(self) -> bool:
        """Whether the ids are those of the approval: the seal of the report binds their digest, not them."""
        if self.was_brought_in:
            return not (self.ids or self.previous_ids)
        return self.records_digest == self._digest
