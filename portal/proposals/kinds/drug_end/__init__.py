"""Ending the management of a drug user."""

from portal.engine.text import _l
from portal.proposals.kinds.drug_end.form import DrugEndForm, suggest, told
from portal.proposals.kinds.drug_end.model import DrugEndProposal
from portal.proposals.kinds.drug_end.paper import written
from portal.proposals.kinds.drug_end.texts import TEXTS, sample
from portal.proposals.kinds.drug_end.words import SENTENCES
from portal.proposals.kinds.kind import Kind

DRUG_END = Kind(
    DrugEndProposal, DrugEndForm, told, written, fill=suggest, sentences=SENTENCES,
    offered_as=_l("Propose to end the management"),
    texts=TEXTS, sample=sample,
)  # fmt: skip
