"""Proposals and their kinds."""

from portal.proposals.models.finding import Finding
from portal.proposals.models.kinds import (
    ONLY_ONE,
    AbsenceProposal,
    CompletionProposal,
    HelperProposal,
    OpenCaseProposal,
)
from portal.proposals.models.proposal import ENDED, Proposal, under_way
from portal.proposals.models.remark import Remark

KINDS: dict[str, type[Proposal]] = {
    "open_case": OpenCaseProposal,
    "helper": HelperProposal,
    "absence": AbsenceProposal,
    "completion": CompletionProposal,
}

__all__ = [
    "ENDED", "KINDS", "ONLY_ONE", "AbsenceProposal", "CompletionProposal", "Finding", "HelperProposal",
    "OpenCaseProposal", "Proposal", "Remark", "under_way",
]  # fmt: skip
