"""The paper as the page of its proposal shows it: how it will look, and whether it is issued."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.cases.queries import readable
from portal.documents.models import Attachment, AttachmentKind
from portal.documents.paper import Paper
from portal.documents.presenter import AttachedFile, attached
from portal.documents.queries import of_proposal
from portal.documents.wording import place_and_day
from portal.engine import clock
from portal.engine.access import Actor, may, see
from portal.engine.text import _
from portal.proposals.models import Proposal
from portal.proposals.papers import paper_of
from portal.proposals.papers.register import is_issued
from portal.proposals.papers.signing import signer

OPENLY = ("full_name", "born")  # what a paper says of the person, and a reader must be allowed to know


@dataclass(frozen=True)
class Shown:
    """A paper with its state; *lacks* says in words what is missing until it is issued."""

    paper: Paper
    place_and_day: str
    decided: bool
    issued: bool
    waits_for: str
    lacks: Sequence[str]
    files: Sequence[AttachedFile]
    may_register: bool


def readable_by(user: Actor, proposal: Proposal) -> bool:
    """Whether the reader may know all that the paper says: the name of a minor, the judgment, the term."""
    case = proposal.case
    named = all(not (one := see(user, case.person, field)).masked and not one.hidden for field in OPENLY)
    return named and all(may(user, right, case) for right in ("read_judgment", "read_dates"))


def shown(user: Actor, proposal: Proposal) -> Shown | None:
    """None where there is no paper, or where it says more than the reader may know."""
    paper = paper_of(proposal) if readable_by(user, proposal) else None
    if paper is None:
        return None
    issued, decided = is_issued(proposal), proposal.decided_on is not None
    return Shown(
        paper=paper,
        place_and_day=place_and_day(paper.issuer.place, paper.day, clock.today().year),
        decided=decided,
        issued=issued,
        waits_for=_signer(proposal) if decided and not issued else "",
        lacks=() if issued or not decided else _lacks(proposal),
        files=_files(user, proposal),
        may_register=proposal.document is not None and not issued and may(user, "issue", proposal),
    )


def _signer(proposal: Proposal) -> str:
    user = signer(proposal)
    return ", ".join(word for word in (user.full_name, user.title) if word) if user else ""


def _lacks(proposal: Proposal) -> list[str]:
    registered = proposal.document is not None and proposal.document.registered
    return [*([] if registered else [_("its number and day")]), _("the scan of the signed page")]


def _files(user: Actor, proposal: Proposal) -> list[AttachedFile]:
    """The scans, struck out ones too."""
    found = [one for one in of_proposal(user, proposal.id) if one.kind == AttachmentKind.SIGNED_PAGE]
    voidable = readable(user, "void", Attachment, {one.id for one in found})
    return [attached(one, voidable) for one in found]
