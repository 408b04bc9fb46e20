"""The submission that asks for a conditional release to be cancelled."""

from portal.documents.paper import Paper
from portal.proposals.kinds.parole_revocation.model import ParoleRevocationProposal
from portal.proposals.kinds.revoking.paper import submission
from portal.proposals.papers.frame import Frame
from portal.proposals.papers.people import named

RULES = ("PAR-REVOKE",)


def written(proposal: ParoleRevocationProposal, frame: Frame) -> Paper:
    return submission(
        proposal, frame,
        about="hủy quyết định tha tù trước thời hạn có điều kiện",
        wanted=f"hủy quyết định tha tù trước thời hạn có điều kiện đối với {named(proposal.case)}",
        rules=RULES,
    )  # fmt: skip
