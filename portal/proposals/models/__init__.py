"""Proposals and their kinds."""

from portal.proposals.models.kinds import (
    ONLY_ONE,
    AbsenceProposal,
    CompletionProposal,
    HelperProposal,
    OpenCaseProposal,
    days_used,
    refuse_absence,
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
    "ENDED", "KINDS", "ONLY_ONE", "AbsenceProposal", "CompletionProposal", "HelperProposal", "OpenCaseProposal",
    "Proposal", "Remark", "days_used", "refuse_absence", "under_way",
]  # fmt: skip
