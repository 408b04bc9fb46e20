"""Permitting an absence from the place of residence."""

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.text import _l
from portal.proposals.kinds.absence.form import AbsenceForm, look, told
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.kinds.absence.paper import written
from portal.proposals.kinds.absence.texts import TEXTS, sample
from portal.proposals.kinds.absence.words import SENTENCES
from portal.proposals.kinds.kind import Kind


def fits(case: Case) -> bool:
    """Whether the law of the case knows absences."""
    return case.regime.absence_limits(max(case.starts_on, clock.today()), 1) is not None


ABSENCE = Kind(
    AbsenceProposal, AbsenceForm, told, written, look=look, sentences=SENTENCES,
    offered_as=_l("Propose an absence"), fits=fits,
    texts=TEXTS, sample=sample,
)  # fmt: skip
