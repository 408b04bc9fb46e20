"""A decision that was signed becomes an entry of the book of fines, once, whoever registers its page."""

from collections.abc import Sequence

from portal.books.actions import write_down
from portal.documents.models import OfficialDocument
from portal.documents.queries import written_for
from portal.drugs.models import FineDecision
from portal.engine.db import Kept, db, touch
from portal.proposals.kinds.fine.model import FineProposal, decision_of

ISSUING = ("register", "vouch")


def enter_fines(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: with number, day and scan of its page a fine is decided, and counts."""
    for deed, record in dict.fromkeys(deeds):
        if deed in ISSUING and isinstance(record, OfficialDocument) and record.issued:
            proposal = written_for(record)
            if isinstance(proposal, FineProposal) and decision_of(proposal) is None:
                enter(proposal, record)


def enter(proposal: FineProposal, document: OfficialDocument) -> FineDecision:
    """Write the decision down with its links, so that every figure counts it once."""
    decided_on = document.dated_on or proposal.decided_on
    if decided_on is None:
        raise ValueError(proposal.number)
    fine: FineDecision = write_down(
        FineDecision, proposal.commune_id, proposal.facts(document.number, decided_on), None
    )
    touch(proposal.case)
    db.session.expire(proposal.case, ["fines"])
    return fine
