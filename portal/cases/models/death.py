"""The death of a person: what one recorded and another confirmed, and what followed from the report of it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case, ClosingReason
from portal.cases.workflow import DEATH
from portal.engine.access import Actor
from portal.engine.db import Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.engine.workflow import Moves

CLOSED_BY_IT = mark("The case was closed by it: what two people found is not struck out by one.")


class Death(Record, Moves):
    """From its day on nothing is owed by the person. The case is closed once a second person saw the paper."""

    parent = "case"
    protected = True
    workflow = DEATH
    sensitive = frozenset({"paper", "decision"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    died_on: Mapped[date]
    known_on: Mapped[date]
    paper: Mapped[str]  # the extract of the death register: number, day, whose it is
    reported_on: Mapped[date | None]  # to the agency
    court_told_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(default="")  # by which the court ended the execution
    state: Mapped[str] = mapped_column(default="recorded")

    case: Mapped[Case] = relationship(back_populates="deaths")

    @property
    def counts(self) -> bool:
        return self.state != "refused" and self.voided_at is None

    @property
    def waits(self) -> bool:
        """Whether a second person is asked."""
        return self.state == "recorded" and self.voided_at is None

    @property
    def against_voiding(self) -> Sequence[Reason]:
        return (Plain(CLOSED_BY_IT),) if self.state == "confirmed" else ()

    def moved(self, transition: str, actor: Actor) -> None:
        """Confirmed, it ends the case on its day, and with it whoever helps."""
        if transition == "confirm":
            self.case.person.died_on = self.died_on
            self.case.close(max(self.died_on, self.case.received_on), ClosingReason.DECEASED)

    def brought_in(self, _words: str) -> None:
        """Of a death that was confirmed elsewhere the person has died; the case stands as it was closed."""
        if self.state == "confirmed":
            self.case.person.died_on = self.died_on
