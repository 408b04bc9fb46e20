"""What may come out of an item, and what came out of it before somebody took that back."""

import enum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.engine.text import _l


class Outcome(enum.StrEnum):
    AGREED = "agreed"
    INSTRUCTED = "instructed"
    NOTED = "noted"
    NO_CONCLUSION = "no_conclusion"


OUTCOME_NAMES = {
    Outcome.AGREED: _l("Agreed"),
    Outcome.INSTRUCTED: _l("Instructed: somebody has to do it"),
    Outcome.NOTED: _l("Noted"),
    Outcome.NO_CONCLUSION: _l("No conclusion"),
}
OUTCOME_WORDS = {  # as a line says it
    Outcome.AGREED: _l("Agreed"),
    Outcome.INSTRUCTED: _l("Instructed"),
    Outcome.NOTED: _l("Noted"),
    Outcome.NO_CONCLUSION: _l("No conclusion"),
}


class EarlierOutcome(Record):
    """An outcome that holds no more: as it was said, by whom it was changed and when, and why it was taken back.

    Without a *reason* another outcome took its place.
    """

    parent = "item"
    sensitive = frozenset({"words", "reason"})

    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    outcome: Mapped[Outcome]
    words: Mapped[str]
    reason: Mapped[str]

    item: Mapped[Any] = relationship("AgendaItem", back_populates="earlier")
