"""Another date of birth for somebody who has a case: days of the law and a minor's protection follow from it."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case, is_submitted
from portal.cases.workflow import BIRTH_CORRECTION
from portal.engine.access import Actor
from portal.engine.db import Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.engine.workflow import Moves

LOCKED = mark("The case is locked as it stands.")
UNDECIDED = mark("A file of this person waits for the decision on opening it; this is changed after that.")


class BirthCorrection(Record, Moves):
    """A date or year of birth that somebody asks to be written down; it stands once a second person confirmed it."""

    parent = "case"
    protected = True
    sensitive = frozenset({"birth_date", "birth_year", "reason"})
    workflow = BIRTH_CORRECTION

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    birth_date: Mapped[date | None]
    birth_year: Mapped[int | None]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default="asked")

    case: Mapped[Case] = relationship(back_populates="birth_corrections")

    replaced = cast(date | None, None)  # the date that stood before, for as long as the confirmation is being written

    @property
    def waits(self) -> bool:
        """Whether a second person is asked to confirm it."""
        return self.state == "asked" and self.voided_at is None

    @property
    def against_confirming(self) -> Sequence[Reason]:
        """What is decided on with a file, or was closed with it, is changed no more."""
        if is_submitted(self.case.person):
            return (Plain(UNDECIDED),)
        return () if self.case.in_hand else (Plain(LOCKED),)

    def moved(self, transition: str, actor: Actor) -> None:
        """The confirmation writes it down; the duties of the person's cases follow."""
        if transition == "confirm":
            self.replaced = self.case.person.birth_date
            self.case.person.birth_date, self.case.person.birth_year = self.birth_date, self.birth_year
