"""Deciding that somebody who used drugs is managed for a year. It begins at the test, not at a case."""

from portal.drugs.models import DrugTest
from portal.proposals.kinds.drug_decision.form import DrugDecisionForm, told
from portal.proposals.kinds.drug_decision.model import DrugDecisionProposal
from portal.proposals.kinds.drug_decision.paper import written
from portal.proposals.kinds.drug_decision.texts import TEXTS, sample
from portal.proposals.kinds.drug_decision.words import SENTENCES
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.opening.form import offer_officers

DRUG_DECISION = Kind(
    DrugDecisionProposal, DrugDecisionForm, told, written, fill=offer_officers, sentences=SENTENCES,
    texts=TEXTS, sample=sample,
)  # fmt: skip


def to_manage(test: DrugTest) -> bool:
    """Whether a test leads to a decision on the management: positive, of somebody who lives here, and not answered."""
    return test.positive and test.village_id is not None and test.answered_on is None
