"""Entrusting somebody with helping: its record, and what its decision brings."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import AssignmentKind, CaseType, may_help
from portal.engine.access import Actor
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law import common
from portal.law.asking import asked
from portal.law.rule import Due
from portal.organisation.models import User
from portal.proposals.models import ONLY_ONE, Proposal, under_way


class HelperProposal(Proposal):
    """Entrust a member of a village body or of the local security team with helping the person."""

    __mapper_args__ = {"polymorphic_identity": "helper"}
    label = _l("Assign a helper")
    of_types = (
        CaseType.SUSPENDED_SENTENCE, CaseType.CONDITIONAL_RELEASE, CaseType.NON_CUSTODIAL_REFORM,
        CaseType.REINTEGRATION,
    )  # fmt: skip
    chain_kind = "helper"
    content = ("helper_id",)
    asks = AssignmentKind.HELPER

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

    def deciding_by(self, since: date) -> Due | None:
        """The decree gives the chair working days from the proposal; the circular on the released gives none."""
        if self.chain_row != self.chain_kind:
            return None
        numbers = self.case.regime.PARAMETERS
        return next(iter(asked(common.helper_decision, self.submitted_on or since, since, numbers)), None)

    def when_approved(self, actor: Actor) -> None:
        """The helper is asked; the one before stays until they accept."""
        self.ask(AssignmentKind.HELPER, self.helper_id)
