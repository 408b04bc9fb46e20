"""A change of residence: within the commune it is decided here, beyond it the agency decides."""

from portal.engine.text import _l
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.residence_change.form import ResidenceChangeForm, look, offer_villages, told
from portal.proposals.kinds.residence_change.model import ResidenceChangeProposal
from portal.proposals.kinds.residence_change.paper import written
from portal.proposals.kinds.residence_change.words import SENTENCES

RESIDENCE_CHANGE = Kind(
    ResidenceChangeProposal, ResidenceChangeForm, told, written, fill=offer_villages, look=look, sentences=SENTENCES,
    offered_as=_l("Propose a change of residence"),
)  # fmt: skip
