"""What is typed to propose prison, or the cancelling of a release, and how it is told."""

from collections.abc import Iterator
from typing import Any

from portal.engine.forms import Paragraphs, Required
from portal.engine.text import _l
from portal.proposals.forms import Field, ProposalForm


class RevocationForm(ProposalForm):
    FIELDS = ("evidence",)
    evidence = Paragraphs(
        _l("Papers that go with it"), [Required()], length=2000,
        description=_l("Minutes of the breaches, warnings, minutes of the review, decisions on fines: a line each."),
    )  # fmt: skip


def told(proposal: Any) -> Iterator[Field]:
    yield Field("evidence", proposal.evidence, full=True)
