"""A day that a change moves, as it was found when the change was decided on."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.engine.db import Base


class MovedDay(Base):
    """Of one record, by its number: what the day is of, and when it was and will be. It never changes.

    *before* is None where the rule gave no day, *after* where it gives none any more.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_change_id: Mapped[int] = mapped_column(ForeignKey("rule_change.id"), index=True)
    subject_type: Mapped[str]
    subject_id: Mapped[int]
    number: Mapped[str]
    rule: Mapped[str]
    period: Mapped[str] = mapped_column(default="")
    label: Mapped[str]  # as the rule marks it: whoever shows it says it
    before: Mapped[date | None]
    after: Mapped[date | None]
