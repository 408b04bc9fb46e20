"""The register of papers: which numbers are taken, which is next, what makes a paper issued."""

from datetime import date

from sqlalchemy import select

from portal.documents import actions as files
from portal.documents import numbers
from portal.documents.models import AttachmentKind
from portal.documents.numbers import Number
from portal.documents.paper import Paper
from portal.documents.queries import signed_page_of
from portal.documents.store import Stored
from portal.documents.wording import short_day
from portal.engine import audit
from portal.engine.db import db
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.organisation.models import line_of
from portal.proposals.models import Proposal
from portal.proposals.papers.frame import framed


class Taken(Refused):
    """The number stands on another paper of the year."""


def is_issued(proposal: Proposal) -> bool:
    """A paper is issued once its number, its day and the scan of the signed page are there."""
    return bool(proposal.decision_number and proposal.decision_on) and signed_page_of(proposal.id) is not None


def taken_in(proposal: Proposal, day: date) -> list[Number]:
    """The numbers of the year's register that other proposals bear. A commune that was merged begins anew."""
    commune = framed(proposal).commune
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    found = select(Proposal.decision_number).where(
        Proposal.commune_id.in_(line_of(proposal.commune_id)),
        Proposal.id != proposal.id,
        Proposal.decision_on.between(max(first, commune.valid_from), min(last, commune.valid_to or last)),
        Proposal.voided_at.is_(None),
    )
    read = (numbers.read(number) for number in db.session.scalars(found))
    return [number for number in read if number]


def suggested(proposal: Proposal, paper: Paper, day: date) -> Number:
    """The next number of the register of this kind of paper."""
    return numbers.following(taken_in(proposal, day), paper.symbol)


def gap_before(proposal: Proposal, number: Number, day: date) -> str:
    """The numbers before this one that the portal does not know, as people read them."""
    return numbers.in_runs(numbers.missing(taken_in(proposal, day), number.symbol, number.ordinal))


def register(
    proposal: Proposal, number: Number, day: date, scan: Stored | None, by: int | None, most_bytes: int
) -> None:
    """Register the signed paper, with the scan of its signed page where there is one already.

    Raises Taken if another paper of the year bears the number, Refused if there is nothing to sign, if the paper is
    older than the decision, or if it is issued already.
    """
    if proposal.decided_on is None or proposal.state in ("rejected", "withdrawn"):
        raise Refused(Plain(mark("There is no decision that a paper could tell.")))
    if is_issued(proposal):
        raise Refused(Plain(mark("The paper is issued. Strike out the scan with a reason before anything is mended.")))
    if day < proposal.decided_on:
        older = mark("The paper cannot be older than the decision of %(day)s.")
        raise Refused(Misfit("decision_on", older, day=short_day(proposal.decided_on)))
    if any(number.same_as(one) for one in taken_in(proposal, day)):
        raise Taken(Plain(mark("%(number)s stands on another paper of %(year)s."), number=str(number), year=day.year))
    proposal.decision_number, proposal.decision_on = str(number), day
    audit.note("register", proposal)
    if scan:
        _attach(proposal, scan, by, most_bytes)


def _attach(proposal: Proposal, scan: Stored, by: int | None, most_bytes: int) -> None:
    files.attach(
        proposal.case, scan, by, most_bytes, title=proposal.decision_number, dated_on=proposal.decision_on or date.max,
        kind=AttachmentKind.SIGNED_PAGE, proposal_id=proposal.id,
    )  # fmt: skip
