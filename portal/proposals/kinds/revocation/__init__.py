"""Proposing that the prison term of a suspended sentence is served."""

from portal.cases import conduct
from portal.cases.models import Case
from portal.engine.text import _l
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.revocation.model import RevocationProposal
from portal.proposals.kinds.revocation.paper import written
from portal.proposals.kinds.revoking.answer_form import COURT
from portal.proposals.kinds.revoking.form import RevocationForm, told
from portal.proposals.kinds.revoking.words import SENTENCES


def fits(case: Case) -> bool:
    """A breach or a fine is recorded, on which it could rest."""
    return conduct.broken(case)


REVOCATION = Kind(
    RevocationProposal, RevocationForm, told, written, sentences=SENTENCES,
    offered_as=_l("Propose prison after a suspended sentence"), fits=fits, court=COURT,
)  # fmt: skip
