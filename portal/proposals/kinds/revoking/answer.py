"""What a court answers to a revocation: whether the person goes to prison, and from when on."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import ClosingReason
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _, mark
from portal.proposals.models import CourtAnswer
from portal.proposals.models.court_answer import FUTURE

NO_DAY = mark("Please give the day on which the person left to serve prison: supervision ends on that day.")


class RevocationAnswer(CourtAnswer):
    """The court's word on prison, or on the cancelling of a release. A granted one closes the case."""

    __mapper_args__ = {"polymorphic_identity": "revocation"}

    id: Mapped[int] = mapped_column(ForeignKey("court_answer.id"), primary_key=True)
    leaves_on: Mapped[date | None]  # on which the person left to serve the prison term

    @property
    def said(self) -> str:
        if self.accepted:
            return _("It was granted: the person goes to prison")
        return _("It was refused: the case goes on")

    def misfits(self) -> Iterator[Reason]:
        yield from super().misfits()
        if self.leaves_on is None:
            if self.accepted:
                yield Misfit("leaves_on", NO_DAY)
        elif not self.accepted:
            yield Misfit("leaves_on", mark("The court refused: nobody leaves for prison by this decision."))
        elif self.leaves_on < self.decided_on:
            yield Misfit("leaves_on", mark("Nobody leaves for prison before the court has decided."))
        elif self.leaves_on > clock.today():
            yield Misfit("leaves_on", FUTURE)

    def take_effect(self, actor: Actor) -> None:
        """Supervision ends on the day on which the person leaves to serve prison (COM-END-DATE)."""
        if self.accepted:
            self.case.close(self.leaves_on or self.decided_on, ClosingReason.REVOKED)
