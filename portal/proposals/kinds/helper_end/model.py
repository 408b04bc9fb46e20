"""Ending the task of a helper, or giving it to another: its record, and what its decision brings."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.duties.helping import end_due
from portal.cases.models import Assignment, AssignmentKind, CaseType, may_help
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law.rule import Due
from portal.organisation.models import User
from portal.proposals.kinds.helper_end.grounds import OF_HELPER, EndOfHelp
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import against, by_due

NOBODY = mark("Nobody helps in this case, so nothing is to be ended.")
NO_SUCCESSOR = mark("Nobody else is needed on this ground: the help ends. Leave the successor empty.")
THE_SAME = mark("%(name)s is the helper already: choose somebody else, or leave the successor empty.")
NOT_A_HELPER = mark("%(name)s is no village head and no member of a body that helps today.")


class HelperEndProposal(Proposal):
    """End somebody's task of helping a person, on a ground that is known since a day; perhaps another takes it over."""

    __mapper_args__ = {"polymorphic_identity": "helper_end"}
    label = _l("End the task of the helper")
    chain_kind = "helper_end"
    content = ("assignment_id", "ground", "ground_on", "successor_id")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    ground: Mapped[EndOfHelp]
    ground_on: Mapped[date]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    completion_id: Mapped[int | None] = mapped_column(
        ForeignKey("completion_proposal.id"), index=True
    )  # together with whose closing of the case it was proposed

    assignment: Mapped[Assignment] = relationship(foreign_keys=assignment_id)
    successor: Mapped[User | None] = relationship(foreign_keys=successor_id)

    @property
    def chain_row(self) -> str:
        """Somebody who has served prison is helped under rules of their own."""
        return "helper_of_released" if self.case.type == CaseType.REINTEGRATION else self.chain_kind

    def titled(self, name: str) -> str:
        return _("End of the help of %(helper)s for %(name)s", helper=self.assignment.assignee.full_name, name=name)

    @property
    def due(self) -> Due | None:
        """By when the chief proposes it, where the law of the day of the ground says so (COM-HELPER-END)."""
        return end_due(self.case, self.ground_on)

    def misfits(self) -> Sequence[Reason]:
        return list(self._misfits())

    def _misfits(self) -> Iterator[Reason]:
        since = self.assignment.since
        if self.ground_on > clock.today() and self.ground != EndOfHelp.TERM_ENDED:
            yield Misfit("ground_on", mark("%(day)s lies in the future."), day=self.ground_on)
        if since is not None and self.ground_on < since:
            yield Misfit("ground_on", mark("The help began only on %(day)s."), day=since)
        if self.successor_id is None:
            return
        if self.ground not in OF_HELPER:
            yield Misfit("successor_id", NO_SUCCESSOR)
        elif self.successor_id == self.assignment.assignee_id:
            yield Misfit("successor_id", THE_SAME, name=self.assignment.assignee.full_name)
        elif self.successor is not None and not may_help(self.successor, self.case.commune):
            yield Misfit("successor_id", NOT_A_HELPER, name=self.successor.full_name)

    def refusals(self) -> list[Reason]:
        reasons = [*self.misfits()]
        if self.assignment.kind != AssignmentKind.HELPER or self.assignment.voided_at is not None:
            reasons.append(Plain(NOBODY))
        if self.successor_id is not None:
            if not self.case.running:
                reasons.append(Plain(mark("The case is not open.")))
            if waiting := self.case.proposed(AssignmentKind.HELPER):
                told = mark("%(name)s has been asked and has not answered yet.")
                reasons.append(Plain(told, name=waiting.assignee.full_name))
        return reasons

    def refusals_of_decision(self) -> list[Reason]:
        """Nobody's task is ended before the day of its ground."""
        early = self.ground_on > clock.today()
        told = mark("It can be decided on %(day)s at the earliest.")
        return [*self.refusals(), *([Plain(told, day=self.ground_on)] if early else [])]

    def conditions(self) -> list[Condition]:
        reasons, due = self.refusals(), self.due
        if reasons:
            return against(reasons)
        if due is None:
            return []
        late = (self.submitted_on or clock.today()) > due.due_on
        return [by_due("note" if late else "ok", "late" if late else "in_time", due, day=due.due_on)]

    def when_approved(self, actor: Actor) -> None:
        """The task ends, today at the latest; where another takes it over they are asked at once."""
        if self.assignment.runs:
            ends_on = max(min(self.ground_on, clock.today()), self.assignment.since or self.ground_on)
            self.assignment.state, self.assignment.until = "ended", ends_on
        if self.successor_id is not None and self.case.running:
            self.ask(AssignmentKind.HELPER, self.successor_id)
