"""Proposing that a conditional release be cancelled: its record, and what the law asks for it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseType
from portal.engine.refusal import Reason
from portal.engine.text import _, _l
from portal.law.asking import asked
from portal.law.breaches import refuse_cancelling
from portal.law.rule import Due
from portal.proposals.kinds import revoking
from portal.proposals.kinds.revoking.answer import RevocationAnswer
from portal.proposals.models import Condition, Proposal


class ParoleRevocationProposal(Proposal):
    """Proposing that a conditional release be cancelled. The file goes up, and the court decides."""

    __mapper_args__ = {"polymorphic_identity": "parole_revocation"}
    label = _l("Propose that a release be cancelled")
    of_types = frozenset({CaseType.CONDITIONAL_RELEASE})
    chain_kind = "parole_revocation"
    ends = True
    content = ("evidence",)
    sensitive = Proposal.sensitive | {"evidence"}
    answers_as = RevocationAnswer

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    evidence: Mapped[str]  # the papers that go with it: minutes, warnings, decisions on fines

    def titled(self, name: str) -> str:
        return _("Cancelling of the release of %(name)s", name=name)

    def refusals(self) -> list[Reason]:
        return revoking.refusals(self, refuse_cancelling)

    def conditions(self) -> list[Condition]:
        return revoking.conditions(self, refuse_cancelling)

    def deciding_by(self, since: date) -> Due | None:
        """The People's Committee proposes it to the agency within working days of the report of the police."""
        return next(iter(asked(self.case.regime.revocation, since)), None)

    @property
    def steps_above(self) -> Sequence[Due]:
        return revoking.steps_above(self)
