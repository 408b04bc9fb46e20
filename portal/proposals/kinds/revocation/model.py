"""Proposing that the prison term of a suspended sentence is served: its record, and what the law asks for it."""

from collections.abc import Sequence

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseType
from portal.engine.refusal import Reason
from portal.engine.text import _, _l
from portal.law.breaches import refuse_prison
from portal.law.rule import Due
from portal.proposals.kinds import revoking
from portal.proposals.kinds.revoking.answer import RevocationAnswer
from portal.proposals.models import Condition, Proposal


class RevocationProposal(Proposal):
    """Proposing that the prison term of a suspended sentence is served. The file goes up, and the court decides."""

    __mapper_args__ = {"polymorphic_identity": "revocation"}
    label = _l("Propose prison after a suspended sentence")
    of_types = frozenset({CaseType.SUSPENDED_SENTENCE})
    chain_kind = "revocation"
    ends = True
    content = ("evidence",)
    sensitive = Proposal.sensitive | {"evidence"}
    answers_as = RevocationAnswer

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    evidence: Mapped[str]  # the papers that go with it: minutes, warnings, decisions on fines

    def titled(self, name: str) -> str:
        return _("Prison after the suspended sentence of %(name)s", name=name)

    def refusals(self) -> list[Reason]:
        return revoking.refusals(self, refuse_prison)

    def conditions(self) -> list[Condition]:
        return revoking.conditions(self, refuse_prison)

    @property
    def steps_above(self) -> Sequence[Due]:
        return revoking.steps_above(self)
