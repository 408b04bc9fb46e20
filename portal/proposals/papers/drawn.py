"""The paper that a proposal becomes or became."""

from dataclasses import replace

from portal.documents.paper import Paper
from portal.proposals.kinds import kind_of
from portal.proposals.models import Proposal
from portal.proposals.papers.frame import framed
from portal.proposals.papers.warning import warning_of

NOT_GRANTED = ("rejected", "withdrawn", "lapsed", "settled")


def paper_of(proposal: Proposal) -> Paper | None:
    """None where the kind has no paper, or nothing was decided that one could tell."""
    written = kind_of(proposal).written
    if written is None or proposal.state in NOT_GRANTED:
        return None
    paper = written(proposal, framed(proposal))
    return replace(paper, warning=warning_of(proposal)) if paper else None
