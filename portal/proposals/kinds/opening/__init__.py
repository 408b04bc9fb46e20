"""Taking a person's file on."""

from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.opening.form import OpeningForm, asked_of, look, told, unasked
from portal.proposals.kinds.opening.model import OpenCaseProposal
from portal.proposals.kinds.opening.paper import written
from portal.proposals.kinds.opening.texts import TEXTS, sample
from portal.proposals.kinds.opening.words import SENTENCES

OPENING = Kind(
    OpenCaseProposal, OpeningForm, told, written, fill=asked_of, look=look, sentences=SENTENCES, texts=TEXTS,
    sample=sample, unasked=unasked,
)  # fmt: skip
