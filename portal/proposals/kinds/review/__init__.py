"""Holding a review of somebody's conduct."""

from portal.cases import conduct
from portal.cases.models import Case, CaseType
from portal.engine.text import _l
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.review.form import ReviewForm, suggest, told
from portal.proposals.kinds.review.model import ReviewProposal
from portal.proposals.kinds.review.paper import written
from portal.proposals.kinds.review.words import SENTENCES

REVIEWED = (CaseType.SUSPENDED_SENTENCE, CaseType.CONDITIONAL_RELEASE, CaseType.NON_CUSTODIAL_REFORM)


def fits(case: Case) -> bool:
    """Whether the law of the case knows reviews, and something of the kind is recorded."""
    return case.type in REVIEWED and conduct.broken(case)


REVIEW = Kind(
    ReviewProposal, ReviewForm, told, written, fill=suggest, sentences=SENTENCES, offered_as=_l("Propose a review"),
    fits=fits,
)  # fmt: skip
