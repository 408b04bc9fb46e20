"""The papers of proposals in the register of documents: each is entered when it is decided, and waits to be signed."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from portal.cases.models import Assignment
from portal.documents import actions
from portal.documents.models import Category
from portal.documents.queries import force_on
from portal.engine.area import Papers
from portal.engine.db import Kept, db
from portal.organisation.models import UnitKind
from portal.proposals.models import Proposal
from portal.proposals.papers.drawn import paper_of
from portal.proposals.papers.frame import COMMITTEE, POLICE, framed
from portal.proposals.papers.signing import signer

PLAN = "KH"  # of one person, while other plans direct many
GRANTED = ("approved", "communicated", "carried_out")
KEEPERS = {COMMITTEE: (UnitKind.COMMITTEE,), POLICE: (UnitKind.POLICE,)}  # in whose register which paper stands


def enter_decided(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: what was approved, or has somebody to be named in it since, waits to be signed; of
    what was communicated the signed page stays."""
    for deed, record in dict.fromkeys(deeds):
        if deed == "approve" and isinstance(record, Proposal):
            enter([record])
        if deed == "communicate" and isinstance(record, Proposal) and record.document:
            actions.tell(record.document)
        if deed == "create" and isinstance(record, Assignment):
            enter(one for one in record.case.proposals if one.state in GRANTED)


def missing() -> Iterable[int]:
    """Proposals that were decided before there was a register, and whose paper it lacks."""
    decided = select(Proposal).where(Proposal.state.in_(GRANTED), Proposal.voided_at.is_(None))
    return [one.id for one in _without(db.session.scalars(decided).all())]


def enter(proposals: Iterable[Proposal]) -> int:
    """Enter the papers of some proposals that are not in the register yet."""
    return sum(1 for one in _without(proposals) if _entered(one))


def _without(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    return (one for one in proposals if one.document is None and not one.on_paper)


def _entered(proposal: Proposal) -> bool:
    """The register learns what kind of paper it is and who signs; nothing of the person, nor where anybody goes."""
    paper = paper_of(proposal)
    if paper is None:
        return False
    frame, user = framed(proposal), signer(proposal)
    code = paper.symbol.partition("-")[0]
    facts = actions.Facts(
        force_on(frame.commune, KEEPERS[frame.role], frame.day), code, paper.abstract,
        category=Category.INDIVIDUAL if code == PLAN else None,
        symbol=paper.symbol, signers=user.with_title if user else "", authority=" ".join(paper.signature.lines),
        drafted_on=proposal.decided_on,
    )  # fmt: skip
    actions.register(facts, subject=proposal, case_id=proposal.case_id)
    db.session.expire(proposal, ["document"])
    return True


PAPERS = Papers(Proposal, missing, lambda proposal: enter([proposal]))
