"""Taking a person's file on."""

from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.opening.form import OpeningForm, offer_officers, told
from portal.proposals.kinds.opening.model import OpenCaseProposal
from portal.proposals.kinds.opening.paper import written
from portal.proposals.kinds.opening.texts import TEXTS, sample
from portal.proposals.kinds.opening.words import SENTENCES

OPENING = Kind(
    OpenCaseProposal, OpeningForm, told, written, fill=offer_officers, sentences=SENTENCES, texts=TEXTS, sample=sample
)
