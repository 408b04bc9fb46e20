"""Stopping the management of a drug user before its end."""

from portal.engine.text import _l
from portal.proposals.kinds.drug_stop.form import DrugStopForm, offer_grounds, told
from portal.proposals.kinds.drug_stop.model import DrugStopProposal
from portal.proposals.kinds.drug_stop.paper import written
from portal.proposals.kinds.drug_stop.texts import TEXTS, sample
from portal.proposals.kinds.drug_stop.words import SENTENCES
from portal.proposals.kinds.kind import Kind

DRUG_STOP = Kind(
    DrugStopProposal, DrugStopForm, told, written, fill=offer_grounds, sentences=SENTENCES,
    offered_as=_l("Propose to stop the management"),
    texts=TEXTS, sample=sample,
)  # fmt: skip
