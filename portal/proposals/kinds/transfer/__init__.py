"""The transfer of a case to another commune: it ends here once the file is handed over."""

from portal.engine.text import _l
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.transfer.form import TransferForm, offer_communes, told
from portal.proposals.kinds.transfer.model import TransferProposal
from portal.proposals.kinds.transfer.paper import written
from portal.proposals.kinds.transfer.words import SENTENCES

TRANSFER = Kind(
    TransferProposal, TransferForm, told, written, fill=offer_communes, sentences=SENTENCES,
    offered_as=_l("Propose the transfer to another commune"),
)  # fmt: skip
