"""Asking the court to shorten a term, or to waive its rest."""

from portal.cases.models import Case, CaseType
from portal.engine.text import _
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.shortening.answer_form import COURT
from portal.proposals.kinds.shortening.form import ShorteningForm, begun, look, offer, told
from portal.proposals.kinds.shortening.grounds import only_waived
from portal.proposals.kinds.shortening.model import ShorteningProposal
from portal.proposals.kinds.shortening.paper import written
from portal.proposals.kinds.shortening.words import SENTENCES


def offered_as(case: Case) -> str:
    """In the words of the act: a waiver where it knows nothing else."""
    if only_waived(case):
        return _("Propose a waiver of the rest")
    return _("Propose a reduction") if case.type == CaseType.NON_CUSTODIAL_REFORM else _("Propose a shortening")


SHORTENING = Kind(
    ShorteningProposal, ShorteningForm, told, written, fill=offer, look=look, sentences=SENTENCES,
    offered_as=offered_as, begun=begun, court=COURT,
)  # fmt: skip
