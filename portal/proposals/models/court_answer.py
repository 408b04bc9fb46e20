"""What the court answered to a proposal whose file went up."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Record
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _, mark
from portal.engine.workflow import Moves
from portal.proposals.models.proposal import Proposal
from portal.proposals.workflow import COURT_ANSWER

CONFIRMED = mark("A second person has confirmed this answer. What follows from it stands.")
FUTURE = mark("The day lies in the future.")


class CourtAnswer(Record, Moves):
    """The decision of the court as one person wrote it down. Confirmed by another, it takes effect.

    What a court says to one kind of proposal alone, and what follows from it, is a subclass with columns of its own.
    """

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}

    parent = "case"
    protected = True
    sensitive = frozenset({"paper_number", "note"})
    workflow = COURT_ANSWER

    kind: Mapped[str]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    body: Mapped[str]  # who answered
    paper_number: Mapped[str]
    decided_on: Mapped[date]
    accepted: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="recorded")

    case: Mapped[Case] = relationship()
    proposal: Mapped[Proposal] = relationship(back_populates="answers")

    @property
    def said(self) -> str:
        """What the court decided, in a sentence without a name; kinds say it in their words."""
        return _("Granted") if self.accepted else _("Refused")

    @property
    def counts(self) -> bool:
        return self.state == "confirmed" and self.voided_at is None

    @property
    def waits(self) -> bool:
        return self.state == "recorded" and self.voided_at is None

    @property
    def against_voiding(self) -> Sequence[Reason]:
        return (Plain(CONFIRMED),) if self.state == "confirmed" else ()

    def misfits(self) -> Iterator[Reason]:
        """What contradicts itself, by the fields at which it is told; kinds know more."""
        if self.decided_on > clock.today():
            yield Misfit("decided_on", FUTURE)
        elif self.proposal.sent_on and self.decided_on < self.proposal.sent_on:
            yield Misfit("decided_on", mark("The file was sent only on %(day)s."), day=self.proposal.sent_on)

    def moved(self, transition: str, actor: Actor) -> None:
        """With the answer of the court a file that was sent is carried out."""
        if transition != "confirm":
            return
        self.take_effect(actor)
        if self.proposal.state == "communicated":
            self.proposal.workflow.follow("carry_out", self.proposal, actor)

    def take_effect(self, actor: Actor) -> None:
        """What follows from it once it is confirmed. Kinds say."""
