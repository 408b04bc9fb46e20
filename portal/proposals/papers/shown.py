"""The paper as the page of its proposal shows it: how it will look, and whether it is issued."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from portal.cases.queries import readable
from portal.documents.models import Attachment, AttachmentKind
from portal.documents.paper import Paper
from portal.documents.presenter import AttachedFile, attached
from portal.documents.queries import of_proposal
from portal.documents.shown import lacks, waits_for
from portal.documents.wording import place_and_day
from portal.engine import clock
from portal.engine.access import Actor, may, see
from portal.proposals.models import Proposal
from portal.proposals.papers.drawn import paper_of
from portal.proposals.papers.warning import against_the_law

OPENLY = ("full_name", "born")  # what a paper says of the person, and a reader must be allowed to know


@dataclass(frozen=True)
class Shown:
    """A paper with its state; *lacks* says in words what is missing until it is issued."""

    paper: Paper
    place_and_day: str
    decided: bool
    issued: bool
    forbidden: bool  # by a clause of the law; else what bears a warning is only incomplete
    waits_for: str
    lacks: Sequence[str]
    files: Sequence[AttachedFile]
    register_url: str
    nameless_title: bool  # nobody wrote the sex down: it says "ông (bà)", before anybody decided
    person_url: str  # where that is written down, for whoever may


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
    entry, decided = proposal.document, proposal.decided_on is not None
    return Shown(
        paper=paper,
        place_and_day=place_and_day(paper.issuer.place, paper.day, clock.today().year),
        decided=decided,
        issued=entry is not None and entry.issued,
        forbidden=against_the_law(proposal),
        waits_for=waits_for(entry) if entry else "",
        lacks=lacks(entry) if entry and entry.waits else (),
        files=_files(user, proposal),
        register_url=_register_url(user, proposal),
        nameless_title=not decided and proposal.case.person.sex is None,
        person_url=_person_url(user, proposal),
    )


def _register_url(user: Actor, proposal: Proposal) -> str:
    """Where the signed page is registered, for whoever may, until its scan lies there."""
    entry = proposal.document
    open_ = entry is not None and not entry.sealed and may(user, "issue", proposal)
    return url_for("proposals.paper", id=proposal.id) if open_ else ""


def _person_url(user: Actor, proposal: Proposal) -> str:
    case = proposal.case
    return url_for("cases.person", id=case.id) if may(user, "edit_person", case) else ""


def _files(user: Actor, proposal: Proposal) -> list[AttachedFile]:
    """The scans, struck out ones too."""
    found = [one for one in of_proposal(user, proposal.id) if one.kind == AttachmentKind.SIGNED_PAGE]
    voidable = readable(user, "void", Attachment, {one.id for one in found})
    return [attached(one, voidable) for one in found]
