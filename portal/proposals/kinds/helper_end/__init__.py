"""Ending the task of a helper, or giving it to another."""

from portal.cases.models import Case
from portal.engine.text import _l
from portal.proposals.kinds.helper_end.form import HelperEndForm, offer, told
from portal.proposals.kinds.helper_end.model import HelperEndProposal
from portal.proposals.kinds.helper_end.paper import written
from portal.proposals.kinds.helper_end.words import SENTENCES
from portal.proposals.kinds.kind import Kind


def fits(case: Case) -> bool:
    """Somebody helps now."""
    return case.helper is not None


HELPER_END = Kind(
    HelperEndProposal, HelperEndForm, told, written, fill=offer, sentences=SENTENCES,
    offered_as=_l("Propose the end of the help"), fits=fits,
)  # fmt: skip
