"""What is typed to propose it, and how it is told."""

from collections.abc import Iterator

from portal.engine.forms import Paragraphs, Required
from portal.engine.text import _l
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.revocation.model import RevocationProposal


class RevocationForm(ProposalForm):
    FIELDS = ("evidence",)
    evidence = Paragraphs(
        _l("Papers that go with it"), [Required()], length=2000,
        description=_l("Minutes of the breaches, warnings, minutes of the review, decisions on fines: a line each."),
    )  # fmt: skip


def told(proposal: RevocationProposal) -> Iterator[Field]:
    yield Field("evidence", proposal.evidence, full=True)
