"""A figure as it was on the day of the approval, with the records that it counted."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Base


class ReportFigure(Base):
    """It never changes. *ids* and *previous_ids* are those of the records counted in both periods; *parts* the
    breakdowns of that day by name, each a list of [what, value, value of the year before].
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
    ids: Mapped[list[int]] = mapped_column(JSON)
    previous_ids: Mapped[list[int]] = mapped_column(JSON)
    parts: Mapped[dict[str, Any]] = mapped_column(JSON)

    report: Mapped[Any] = relationship("Report", back_populates="figures")
