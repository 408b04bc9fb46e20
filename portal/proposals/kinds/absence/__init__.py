"""Permitting an absence from the place of residence."""

from portal.cases.models import Case
from portal.engine.text import _
from portal.proposals.kinds.absence.answer import further
from portal.proposals.kinds.absence.asked import unasked
from portal.proposals.kinds.absence.form import AbsenceForm, asked_of, look, told
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.kinds.absence.paper import written
from portal.proposals.kinds.absence.texts import TEXTS, sample
from portal.proposals.kinds.absence.words import SENTENCES
from portal.proposals.kinds.kind import Kind


def offered_as(case: Case) -> str:
    """Of a residence ban, the law bounds visits to the banned place alone."""
    return _("Propose a visit to a banned place") if case.bounds_visits else _("Propose an absence")


ABSENCE = Kind(
    AbsenceProposal, AbsenceForm, told, written, look=look, sentences=SENTENCES,
    offered_as=offered_as, fill=asked_of, unasked=unasked, further=further,
    texts=TEXTS, sample=sample,
)  # fmt: skip
