"""What was concluded about a record elsewhere: returned to it, so that whoever opens it need not look for it.

A room that decides about records of others writes excerpts; the page of the record tells them. Neither knows the other.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.engine import clock
from portal.engine.db import Base, Kept, db


class Excerpt(Base):
    """The conclusion on one record, from the record of another room that came to it. It never changes."""

    __table_args__ = (
        Index("ix_excerpt_of", "record_type", "record_id"),
        Index("ix_excerpt_from", "from_type", "from_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_type: Mapped[str]
    record_id: Mapped[int]
    from_type: Mapped[str]
    from_id: Mapped[int]
    source: Mapped[str]  # as a reader finds it again: the number of the minutes
    text: Mapped[str]
    concluded_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


def excerpts_of(record: Kept) -> Sequence[Excerpt]:
    """What was concluded about a record, oldest first."""
    asked = select(Excerpt).where(Excerpt.record_type == record.kind_of_record, Excerpt.record_id == record.id)
    return db.session.scalars(asked.order_by(Excerpt.concluded_on, Excerpt.id)).all()


def returned_from(source: Kept) -> Sequence[Excerpt]:
    """The excerpts that a record has given back."""
    asked = select(Excerpt).where(Excerpt.from_type == source.kind_of_record, Excerpt.from_id == source.id)
    return db.session.scalars(asked.order_by(Excerpt.id)).all()
