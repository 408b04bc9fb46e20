"""Holding a review of somebody's conduct."""

from portal.cases import conduct
from portal.cases.models import Case
from portal.engine.text import _l
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.review.form import ReviewForm, suggest, told
from portal.proposals.kinds.review.model import ReviewProposal
from portal.proposals.kinds.review.paper import written
from portal.proposals.kinds.review.words import SENTENCES


def fits(case: Case) -> bool:
    """Something is recorded that a review could speak of."""
    return conduct.broken(case)


REVIEW = Kind(
    ReviewProposal, ReviewForm, told, written, fill=suggest, sentences=SENTENCES, offered_as=_l("Propose a review"),
    fits=fits,
)  # fmt: skip
