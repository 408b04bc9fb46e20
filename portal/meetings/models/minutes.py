"""The minutes as they were approved, and what was found wrong in them afterwards."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import audit, clock
from portal.engine.access import Actor
from portal.engine.db import Record, db
from portal.engine.excerpts import Excerpt
from portal.meetings.models.wording import Paragraph, outcome, paragraphs
from portal.organisation.models import User


class Minutes(Record):
    """The text that the chair approved, paragraph by paragraph, bound by a keyed digest. It is never drawn anew.

    A paragraph is heading, text and the id of the agenda item that it tells of, or 0.
    """

    parent = "meeting"
    sensitive = frozenset({"paragraphs"})

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    paragraphs: Mapped[list[list[Any]]] = mapped_column(JSON)
    digest: Mapped[str]
    secretary: Mapped[str]
    chair: Mapped[str]
    approved_at: Mapped[datetime]
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    meeting: Mapped[Any] = relationship("Meeting", back_populates="minutes")
    approved_by: Mapped[User] = relationship(foreign_keys=approved_by_id)
    errata: Mapped[list["Erratum"]] = relationship(back_populates="minutes", order_by="Erratum.id")

    @property
    def told(self) -> list[Paragraph]:
        return [Paragraph(*one) for one in self.paragraphs]

    @property
    def intact(self) -> bool:
        """Whether the text is still the one that was approved."""
        return self.digest == bound(self.paragraphs)


class Erratum(Record):
    """What should be read instead, and why: the minutes themselves stay as they are."""

    parent = "minutes"
    sensitive = frozenset({"text"})

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    text: Mapped[str]
    reason: Mapped[str]

    minutes: Mapped[Minutes] = relationship(back_populates="errata")
    created_by: Mapped[User | None] = relationship(foreign_keys="Erratum.created_by_id")


def bound(text: list[list[Any]]) -> str:
    """The keyed digest of the text: whoever has only the database cannot make it anew."""
    return audit.digest(json.dumps([list(one) for one in text], ensure_ascii=False))


def freeze(meeting: Any, by: Actor) -> Minutes:
    """Write the minutes down as they stand now, for good."""
    text = [list(one) for one in paragraphs(meeting)]
    minutes = Minutes(
        meeting=meeting, commune_id=meeting.commune_id, paragraphs=text, digest=bound(text), approved_at=clock.now(),
        secretary=meeting.secretary.full_name, chair=meeting.chair.full_name, approved_by_id=by.id,
    )  # fmt: skip
    db.session.add(minutes)
    return minutes


def return_excerpts(meeting: Any, by: Actor) -> None:
    """Give each conclusion back to the record that the item was about."""
    for item in meeting.agenda:
        if item.subject_type:
            db.session.add(
                Excerpt(
                    record_type=item.subject_type, record_id=item.subject_id, from_type=meeting.kind_of_record,
                    from_id=meeting.id, source=meeting.number, text=outcome(item), concluded_on=meeting.day,
                    by_id=by.id,
                )
            )  # fmt: skip
