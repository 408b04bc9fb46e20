"""The transfer of a case to another commune: it ends here once the file is handed over."""

from portal.cases.models import Case, CaseType
from portal.engine.text import _l
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.transfer.form import TransferForm, offer_communes, told
from portal.proposals.kinds.transfer.model import TransferProposal
from portal.proposals.kinds.transfer.words import SENTENCES


def fits(case: Case) -> bool:
    """The management of a drug user who moved ends by a decision of its own."""
    return case.type != CaseType.DRUG_USER_MANAGEMENT


TRANSFER = Kind(
    TransferProposal, TransferForm, told, fill=offer_communes, sentences=SENTENCES,
    offered_as=_l("Propose the transfer to another commune"), fits=fits,
)  # fmt: skip
