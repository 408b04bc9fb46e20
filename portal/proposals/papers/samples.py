"""Proposals on invented data, for papers that are looked at before their words hold. None of it is ever saved."""

from portal.cases.papers.samples import a_case, an_official
from portal.documents import issuers
from portal.engine import clock
from portal.organisation.models import Unit
from portal.proposals.models import Proposal
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.signing import decider_role
from portal.wordings.blocks import Said

__all__ = ["a_case", "an_official", "framed"]


def framed(proposal: Proposal, commune: Unit, said: Said) -> Frame:
    """A proposal on a paper of today, in words that hold or would."""
    day = clock.today()
    return Frame(proposal, day, issuers.commune_on(commune, day), decider_role(proposal), said)
