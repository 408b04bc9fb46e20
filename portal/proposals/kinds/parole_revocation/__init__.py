"""Proposing that a conditional release be cancelled."""

from portal.cases import conduct
from portal.cases.models import Case
from portal.engine.text import _l
from portal.proposals.kinds.kind import Kind
from portal.proposals.kinds.parole_revocation.model import ParoleRevocationProposal
from portal.proposals.kinds.parole_revocation.paper import written
from portal.proposals.kinds.revoking.answer_form import COURT
from portal.proposals.kinds.revoking.form import RevocationForm, told
from portal.proposals.kinds.revoking.words import SENTENCES


def fits(case: Case) -> bool:
    """A breach or a fine is recorded, on which it could rest."""
    return conduct.broken(case)


PAROLE_REVOCATION = Kind(
    ParoleRevocationProposal, RevocationForm, told, written, sentences=SENTENCES,
    offered_as=_l("Propose that a release be cancelled"),
    fits=fits, court=COURT,
)  # fmt: skip
