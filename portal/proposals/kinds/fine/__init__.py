"""Fining the person of a case."""

from portal.cases.models import Case
from portal.engine.text import _l
from portal.proposals.kinds.fine.form import FineProposalForm, look, offer, told
from portal.proposals.kinds.fine.model import FineProposal
from portal.proposals.kinds.fine.paper import written
from portal.proposals.kinds.fine.words import SENTENCES
from portal.proposals.kinds.kind import Kind


def fits(case: Case) -> bool:
    return bool(case.running)


FINE = Kind(
    FineProposal, FineProposalForm, told, written, fill=offer, look=look, sentences=SENTENCES,
    offered_as=_l("Propose a fine"), fits=fits,
)  # fmt: skip
