"""Proposals: what all kinds share. The kinds are in `portal.proposals.kinds`."""

from portal.proposals.models.conditions import Condition
from portal.proposals.models.court_answer import CourtAnswer
from portal.proposals.models.finding import Finding
from portal.proposals.models.proposal import CONFIRMED_WITHIN, ENDED, ONLY_ONE, Proposal, is_past, under_way
from portal.proposals.models.remark import Remark

__all__ = [
    "CONFIRMED_WITHIN",
    "ENDED",
    "ONLY_ONE",
    "Condition",
    "CourtAnswer",
    "Finding",
    "Proposal",
    "Remark",
    "is_past",
    "under_way",
]
