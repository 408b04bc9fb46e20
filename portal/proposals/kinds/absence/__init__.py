"""Permitting an absence from the place of residence."""

from portal.engine.text import _l
from portal.proposals.kinds.absence.answer import further
from portal.proposals.kinds.absence.asked import unasked
from portal.proposals.kinds.absence.form import AbsenceForm, asked_of, look, told
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.kinds.absence.paper import written
from portal.proposals.kinds.absence.texts import TEXTS, sample
from portal.proposals.kinds.absence.words import SENTENCES
from portal.proposals.kinds.kind import Kind

ABSENCE = Kind(
    AbsenceProposal, AbsenceForm, told, written, look=look, sentences=SENTENCES,
    offered_as=_l("Propose an absence"), fill=asked_of, unasked=unasked, further=further,
    texts=TEXTS, sample=sample,
)  # fmt: skip
