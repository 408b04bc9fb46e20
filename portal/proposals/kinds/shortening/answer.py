"""What a court answers to a shortening: the months that it cuts, which shorten the term once they are confirmed."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases import printed_day
from portal.cases.actions import record_term_change
from portal.cases.actions.correcting import same_number
from portal.cases.models import TermChange
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _, mark, ngettext
from portal.proposals.models import CourtAnswer


class ShorteningAnswer(CourtAnswer):
    """The court's word on a shortening. A granted one makes a shortening of the term in the deed that confirms it."""

    __mapper_args__ = {"polymorphic_identity": "shortening"}

    id: Mapped[int] = mapped_column(ForeignKey("court_answer.id"), primary_key=True)
    months: Mapped[int | None]  # that were cut
    printed_ends_on: Mapped[date | None]  # the last day that the decision itself prints: it wins
    term_change_id: Mapped[int | None] = mapped_column(ForeignKey("term_change.id"))

    term_change: Mapped[TermChange | None] = relationship(foreign_keys=term_change_id)

    @property
    def said(self) -> str:
        if not self.accepted:
            return _("It was refused: the term stays as it is")
        return str(ngettext("It was granted: %(num)s month", "It was granted: %(num)s months", self.months or 0))

    def misfits(self) -> Iterator[Reason]:
        yield from super().misfits()
        session_on: date | None = getattr(self.proposal, "session_on", None)
        if session_on and self.decided_on < session_on:
            yield Misfit("decided_on", mark("The decision cannot lie before the session."))
        if self.accepted and not self.months:
            yield Misfit("months", mark("Please give the months that the court cut."))
        if self.accepted:
            yield from printed_day.misfits(self.case, self.decided_on, self.printed_ends_on)
        if self.accepted and any(self._same_day(one) for one in self.case.term_changes):
            yield Misfit("decided_on", mark("A shortening of that day is recorded already."))
        elif self.accepted:
            same = same_number(self.case, self.decided_on, self.paper_number)
            yield from (Misfit("paper_number", one.message, **one.numbers) for one in same)
        if not self.accepted and not self.note:
            yield Misfit("note", mark("Please write why the court refused it."))

    def _same_day(self, change: TermChange) -> bool:
        return change.decided_on == self.decided_on and (change.waits or change.counts)

    def take_effect(self, actor: Actor) -> None:
        """The second person who confirms the answer has compared the months with the court's paper."""
        if not self.accepted:
            return
        if self.term_change is None or not (self.term_change.waits or self.term_change.counts):
            self.term_change = self._shortening()
        if self.term_change.state == "recorded":
            self.term_change.workflow.follow("confirm", self.term_change, actor)

    def _shortening(self) -> TermChange:
        """Of whoever wrote the answer down."""
        change = record_term_change(
            self.case, self.decided_on, self.months or 0, self.paper_number, self.printed_ends_on
        )
        change.created_by_id = self.created_by_id
        db.session.flush()
        return change
