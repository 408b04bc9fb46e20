"""A shortening of the term by the court: what two people set, and two people unset."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.cases.workflow import TERM_CHANGE
from portal.engine.db import Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.engine.workflow import Moves
from portal.law.rule import Cut

COUNTING = ("confirmed", "taking_back")  # states from which the days of the case follow
WAITING = ("recorded", "taking_back")  # in which a second person is asked
TAKES_TWO = mark(
    "A second person has confirmed this shortening, so taking it back takes two people as well. Ask for it on its page."
)
ASKED_ALREADY = mark(
    "Somebody has asked to take this shortening back already, and it counts until a second person agrees. "
    "Look at its page."
)
TAKEN_BACK = mark("Two people have taken this shortening back already. It counts nowhere, and stays in the story.")
AGAINST_VOIDING = {"confirmed": TAKES_TWO, "taking_back": ASKED_ALREADY, "taken_back": TAKEN_BACK}


class TermChange(Record, Moves):
    """A shortening that the court decided.

    It counts from when a second person has confirmed it until a second person has agreed to take it back.
    """

    parent = "case"
    protected = True
    sensitive = frozenset({"decision_number"})
    workflow = TERM_CHANGE

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    decided_on: Mapped[date]
    months: Mapped[int]
    decision_number: Mapped[str] = mapped_column(default="")
    printed_ends_on: Mapped[date | None]  # the last day that the decision itself prints: it wins
    state: Mapped[str] = mapped_column(default="recorded")

    case: Mapped[Case] = relationship(back_populates="term_changes")

    @property
    def cut(self) -> Cut:
        """The same as the law takes it."""
        return Cut(self.decided_on, self.months, self.printed_ends_on)

    @property
    def counts(self) -> bool:
        return self.state in COUNTING and self.voided_at is None

    @property
    def waits(self) -> bool:
        """Whether a second person is asked: to confirm it, or to agree that it is taken back."""
        return self.state in WAITING and self.voided_at is None

    @property
    def against_voiding(self) -> Sequence[Reason]:
        """One person strikes out what never counted; of anything else it is said what can be done, or was."""
        return (Plain(AGAINST_VOIDING[self.state]),) if self.state in AGAINST_VOIDING else ()
