"""What the court answered to a proposal whose file went up."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import Case, ClosingReason
from portal.engine.access import Actor
from portal.engine.db import Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.engine.workflow import Moves
from portal.proposals.models.proposal import Proposal
from portal.proposals.workflow import COURT_ANSWER

CONFIRMED = mark("A second person has confirmed this answer. What follows from it stands.")


class CourtAnswer(Record, Moves):
    """The decision of the court as one person wrote it down. Confirmed by another, an accepted one closes the case."""

    parent = "case"
    protected = True
    sensitive = frozenset({"paper_number", "note"})
    workflow = COURT_ANSWER

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    body: Mapped[str]  # who answered
    paper_number: Mapped[str]
    decided_on: Mapped[date]
    accepted: Mapped[bool]
    leaves_on: Mapped[date | None]  # on which the person left to serve the prison term
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="recorded")

    case: Mapped[Case] = relationship()
    proposal: Mapped[Proposal] = relationship(back_populates="answers")

    @property
    def counts(self) -> bool:
        return self.state == "confirmed" and self.voided_at is None

    @property
    def waits(self) -> bool:
        return self.state == "recorded" and self.voided_at is None

    @property
    def against_voiding(self) -> Sequence[Reason]:
        return (Plain(CONFIRMED),) if self.state == "confirmed" else ()

    def moved(self, transition: str, _actor: Actor) -> None:
        """Supervision ends on the day on which the person leaves to serve prison (COM-END-DATE)."""
        if transition == "confirm" and self.accepted:
            self.case.close(self.leaves_on or self.decided_on, ClosingReason.REVOKED)
