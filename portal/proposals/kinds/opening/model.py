"""Opening a case: its record, and what its decision brings."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases import doubtful
from portal.cases.actions.opening import against_term_of
from portal.cases.models import AssignmentKind, Case
from portal.engine.access import Actor
from portal.engine.db import EMPTY
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _, _l, mark
from portal.organisation.models import Role, User
from portal.organisation.queries import holders
from portal.proposals.kinds.last_day import of_file
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import against, in_doubt

ANSWER_NEEDED = mark(
    "If the paper says so all the same, write here what explains it; else correct the file before it is opened."
)


def of_opening(case: Case, answer: str) -> list[Condition]:
    """The last day, what the law does not know about the term and whether that is answered, and what is unusual."""
    unknown = doubtful.to_answer(case)
    found = [*of_file(case), *against(unknown)]
    if unknown and not answer.strip():
        found.append(Condition("refused", "against", message=ANSWER_NEEDED))
    return [*found, *in_doubt([*doubtful.about_minors(case), *doubtful.about_lengths(case)])]


class OpenCaseProposal(Proposal):
    """Take a person's file on. The case itself waits as a draft beside it."""

    __mapper_args__ = {"polymorphic_identity": "open_case"}
    label = _l("Open a case")
    chain_kind = "open_case"
    content = ("officer_id", "answer_to_doubts")
    asked_later = ("answer_to_doubts",)
    sensitive = Proposal.sensitive | {"answer_to_doubts"}
    PAPERS = (
        "type", "person_id", "received_on", "starts_on", "term_months", "prison_months", "printed_ends_on",
        "judgment_number", "judgment_on", "court", "offence",
    )  # fmt: skip
    ON_PAPER = ("kept_from", "paper_report_on", "paper_assessed_on", "paper_rating")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # the officer whom the author suggests

    answer_to_doubts: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # why it is opened all the same

    officer: Mapped[User | None] = relationship(foreign_keys=officer_id)

    def titled(self, name: str) -> str:
        return _("Open the case of %(name)s", name=name)

    def misfits(self) -> Sequence[Reason]:
        """A term that the law does not know, or that is over, is opened with a reason or not at all."""
        found = doubtful.to_answer(self.case)
        if not found or (self.answer_to_doubts or "").strip():
            return []
        return [*(Misfit.by("answer_to_doubts", one) for one in found), Misfit("answer_to_doubts", ANSWER_NEEDED)]

    def refusals(self) -> list[Reason]:
        return [*against_term_of(self.case), *self.misfits()]

    def conditions(self) -> list[Condition]:
        """Whoever decides also learns what is unusual, and that the officer of the decision cannot be asked."""
        found = [*against([*against_term_of(self.case)]), *of_opening(self.case, self.answer_to_doubts or "")]
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
