"""The kinds of proposals."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import AssignmentKind, CaseType, ClosingReason, may_help
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law.rule import NotInForceError, Refusal
from portal.organisation.models import Role, User
from portal.organisation.queries import holders
from portal.proposals.models.absences import Leave, misfits, refuse_absence
from portal.proposals.models.conditions import Condition, of_absence, of_completion, of_file
from portal.proposals.models.proposal import Proposal, under_way

ONLY_ONE = mark("There is a proposal of this kind under way already.")


class OpenCaseProposal(Proposal):
    """Take a person's file on. The case itself waits as a draft beside it."""

    __mapper_args__ = {"polymorphic_identity": "open_case"}
    label = _l("Open a case")
    chain_kind = "open_case"
    content = ("officer_id",)
    PAPERS = (
        "type", "person_id", "received_on", "starts_on", "term_months", "prison_months", "printed_ends_on",
        "judgment_number", "judgment_on", "court", "offence",
    )  # fmt: skip

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # the officer whom the author suggests

    officer: Mapped[User | None] = relationship(foreign_keys=officer_id)

    def titled(self, name: str) -> str:
        return _("Open the case of %(name)s", name=name)

    def conditions(self) -> list[Condition]:
        """Whoever decides also learns that the officer of the decision cannot be asked."""
        found = list(of_file(self.case))
        if self.officer is not None and not self.can_take:
            found.append(Condition("note", "officer_gone", {"name": self.officer.full_name}))
        return found

    def what_was_decided(self) -> dict[str, Any]:
        """The file is decided on with the proposal: its person, its papers, its dates."""
        told = {name: getattr(self.case, name) for name in self.PAPERS}
        if self.case.detained_days:  # only then: what was decided before it was asked for keeps its digest
            told["detained_days"] = self.case.detained_days
        return {**super().what_was_decided(), **told}

    def moved(self, transition: str, actor: Actor) -> None:
        """The file is locked while others read it, and its author's again when it comes back."""
        super().moved(transition, actor)
        if transition == "submit":
            self.case.state = "submitted"
        if transition in ("return", "withdraw"):
            self.case.state = "draft"

    @property
    def can_take(self) -> bool:
        """Whether the officer who is named serves in the commune today, and can be asked to take the case."""
        return self.officer in holders(Role.POLICE_OFFICER, self.commune_id)

    def when_approved(self, actor: Actor) -> None:
        """The case opens, and the officer whom the decision names is asked. Whoever decided owns it until one accepts.

        Where that officer serves no more, nobody is asked: the duty to assign one is the chief's.
        """
        self.case.state, self.case.owner_id = "open", actor.id or self.case.owner_id
        if self.officer_id is not None and self.can_take:
            self.ask(AssignmentKind.OFFICER, self.officer_id)

    def when_rejected(self, actor: Actor) -> None:
        self.case.state = "rejected"


class HelperProposal(Proposal):
    """Entrust a member of a village body or of the local security team with helping the person."""

    __mapper_args__ = {"polymorphic_identity": "helper"}
    label = _l("Assign a helper")
    chain_kind = "helper"
    content = ("helper_id",)

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    helper_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    helper: Mapped[User] = relationship(foreign_keys=helper_id)

    @property
    def chain_row(self) -> str:
        """Somebody who has served prison is helped under rules of their own."""
        return "helper_of_released" if self.case.type == CaseType.REINTEGRATION else self.chain_kind

    def titled(self, name: str) -> str:
        return _("Assign %(helper)s to help %(name)s", helper=self.helper.full_name, name=name)

    def refusals(self) -> list[Reason]:
        if not self.case.running:
            return [Plain(mark("The case is not open."))]
        if self.helper_id == self.case.owner_id:
            return [Plain(mark("The officer in charge cannot be the helper as well."))]
        if under_way(HelperProposal, self.case, besides=self):
            return [Plain(ONLY_ONE)]
        if waiting := self.case.proposed(AssignmentKind.HELPER):
            told = mark("%(name)s has been asked and has not answered yet.")
            return [Plain(told, name=waiting.assignee.full_name)]
        if self.case.helper and self.case.helper.id == self.helper_id:
            return [Plain(mark("%(name)s is the helper already."), name=self.case.helper.full_name)]
        if not may_help(self.helper, self.case.commune):
            told = mark("%(name)s is no village head and no member of a body that helps today.")
            return [Plain(told, name=self.helper.full_name)]
        return []

    def when_approved(self, actor: Actor) -> None:
        """The helper is asked; the one before stays until they accept."""
        self.ask(AssignmentKind.HELPER, self.helper_id)


class AbsenceProposal(Proposal):
    """Leave from the place of residence. Approved, it is the permit."""

    __mapper_args__ = {"polymorphic_identity": "absence"}
    label = _l("Permit an absence")
    chain_kind = "absence"
    one_at_a_time = False
    content = ("leaves_on", "returns_on", "destination", "medical", "abroad")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    leaves_on: Mapped[date]
    returns_on: Mapped[date]
    destination: Mapped[str]
    medical: Mapped[bool] = mapped_column(default=False)  # a stay in hospital with papers does not count
    abroad: Mapped[bool] = mapped_column(default=False)

    def titled(self, name: str) -> str:
        return _("Absence of %(name)s for %(days)s days", name=name, days=self.days)

    @property
    def days(self) -> int:
        return self.leave.days

    @property
    def leave(self) -> Leave:
        return Leave(self.leaves_on, self.returns_on, self.medical, self.abroad)

    def refusals(self) -> list[Reason]:
        return refuse_absence(self.case, self.leave, besides=self)

    def misfits(self) -> Sequence[Reason]:
        try:
            return misfits(self.case, self.leave)
        except NotInForceError:
            return []  # told when it is submitted

    def conditions(self) -> list[Condition]:
        return of_absence(self.case, self.leave, besides=self)


class CompletionProposal(Proposal):
    """Certify that the sentence or measure is completed, and close the case."""

    __mapper_args__ = {"polymorphic_identity": "completion"}
    label = _l("Certify completion and close")
    chain_kind = "completion"
    content = ("completed_on", "closing_reason")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    completed_on: Mapped[date]
    closing_reason: Mapped[ClosingReason]

    def titled(self, name: str) -> str:
        return _("Completion of %(name)s", name=name)

    def refusals(self) -> list[Reason]:
        reasons: list[Reason] = []
        if not self.case.running:
            reasons.append(Plain(mark("The case is not open.")))
        if self.closing_reason in (ClosingReason.COMPLETED, ClosingReason.RECORD_CLEARED):
            reasons.extend(self._not_the_last_day())
        return reasons

    def _not_the_last_day(self) -> Iterator[Reason]:
        """Why the day is not that on which the term ends: nobody is certified a day less, or a day more, than served.

        Where the law can be read in two ways either day is possible.
        """
        try:
            due = self.case.last_day
        except NotInForceError:
            return  # the term begins before the law that the portal knows: its last day stands on paper
        days = {"ends": due.due_on, "asked": self.completed_on}
        if self.completed_on < due.due_on:
            told = mark("The term ends on %(ends)s; completion cannot be certified for %(asked)s.")
            yield Refusal(told, days, due.rule, due.source, due.confirmed)
        elif self.closing_reason == ClosingReason.COMPLETED and self.completed_on > due.latest_reading:
            told = mark("The term ends on %(ends)s: that day is certified, also where it is decided later.")
            yield Refusal(told, days, due.rule, due.source, due.confirmed)

    def conditions(self) -> list[Condition]:
        return of_completion(self.case, self.completed_on, self.refusals())

    def refusals_of_decision(self) -> list[Reason]:
        """A decision takes effect at once: nobody's case is closed, and nobody's duties end, before the day."""
        early = self.completed_on > clock.today()
        told = mark("Completion on %(day)s is decided on that day or later.")
        return [*self.refusals(), *([Plain(told, day=self.completed_on)] if early else [])]

    def moved(self, transition: str, actor: Actor) -> None:
        super().moved(transition, actor)
        if transition == "submit" and self.case.state == "open":
            self.case.state = "closing"
        if transition in ("return", "withdraw", "reject") and self.case.state == "closing":
            self.case.state = "open"

    def when_approved(self, actor: Actor) -> None:
        """The case is closed on the day of completion; assignments end with it."""
        self.case.state, self.case.closed_on = "closed", self.completed_on
        self.case.closing_reason = self.closing_reason
        for assignment in self.case.assignments:
            if assignment.runs:
                assignment.state, assignment.until = "ended", self.completed_on
            elif assignment.state == "proposed":  # nobody comes to own, or keeps reading, what is closed
                assignment.state = "recalled"
