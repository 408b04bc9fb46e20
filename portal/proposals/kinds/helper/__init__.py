"""Entrusting somebody with helping a person."""

from portal.engine.text import _l
from portal.proposals.kinds.helper.form import HelperForm, offer_helpers, told
from portal.proposals.kinds.helper.model import HelperProposal
from portal.proposals.kinds.helper.paper import written
from portal.proposals.kinds.helper.texts import TEXTS, sample
from portal.proposals.kinds.kind import Kind

HELPER = Kind(
    HelperProposal, HelperForm, told, written, fill=offer_helpers, offered_as=_l("Propose a helper"),
    texts=TEXTS, sample=sample,
)  # fmt: skip
