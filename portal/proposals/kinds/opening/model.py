"""Opening a case: its record, and what its decision brings."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases import doubtful
from portal.cases.models import AssignmentKind
from portal.engine.access import Actor
from portal.engine.text import _, _l
from portal.organisation.models import Role, User
from portal.organisation.queries import holders
from portal.proposals.kinds.last_day import of_file
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import in_doubt


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
    ON_PAPER = ("kept_from", "paper_report_on", "paper_assessed_on", "paper_rating")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # the officer whom the author suggests

    officer: Mapped[User | None] = relationship(foreign_keys=officer_id)

    def titled(self, name: str) -> str:
        return _("Open the case of %(name)s", name=name)

    def conditions(self) -> list[Condition]:
        """Whoever decides also learns what is unusual, and that the officer of the decision cannot be asked."""
        found = [*of_file(self.case), *in_doubt(doubtful.doubts(self.case))]
        if self.officer is not None and not self.can_take:
            found.append(Condition("note", "officer_gone", {"name": self.officer.full_name}))
        return found

    def what_was_decided(self) -> dict[str, Any]:
        """The file is decided on with the proposal: its person, its papers, its dates."""
        told = {name: getattr(self.case, name) for name in self.PAPERS}
        if self.case.detained_days:  # only then: what was decided before it was asked for keeps its digest
            told["detained_days"] = self.case.detained_days
        if self.case.kept_from:
            told |= {name: getattr(self.case, name) for name in self.ON_PAPER}
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
