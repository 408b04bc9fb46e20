"""The paper of a proposal: what is printed, signed and sealed. In law the decision is that page, not the record."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from portal.documents.paper import Paper
from portal.proposals.models import Proposal
from portal.proposals.papers import absence, completion, helper, opening
from portal.proposals.papers.frame import Frame, framed
from portal.proposals.papers.warning import warning_of

Writer = Callable[[Any, Frame], Paper | None]

# A kind that is not named here has no paper of its own.
PAPERS: Mapping[str, Writer] = {
    "absence": absence.written,
    "helper": helper.written,
    "open_case": opening.written,
    "completion": completion.written,
}
NOT_GRANTED = ("rejected", "withdrawn")


def paper_of(proposal: Proposal) -> Paper | None:
    """The paper that the proposal becomes or became; None where there is none to sign."""
    if proposal.kind not in PAPERS or proposal.state in NOT_GRANTED:
        return None
    paper = PAPERS[proposal.kind](proposal, framed(proposal))
    return replace(paper, warning=warning_of(proposal)) if paper else None
