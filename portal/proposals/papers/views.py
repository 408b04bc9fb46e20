"""Pages of papers: the draft to print, and the register of what was signed."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask_login import current_user

from portal.documents.forms import IssueForm
from portal.documents.paper import Paper
from portal.documents.views import issuing, word
from portal.engine import audit
from portal.engine.access import opens
from portal.engine.refusal import NotThis, Plain, Refused
from portal.engine.text import mark
from portal.engine.uploads import takes_a_file
from portal.people.presenter import called
from portal.proposals.models import Proposal
from portal.proposals.papers.drawn import paper_of
from portal.proposals.papers.shown import readable_by
from portal.proposals.views import bp


@bp.get("/<int:id>/paper.docx")
@opens(Proposal, to="read", told_as="print")
def draft(proposal: Proposal) -> Any:
    """The paper to print, sign and seal; the same before the decision and after."""
    paper = _paper(proposal)
    draft = "DU-THAO-" if paper.warning else ""
    return word.sent(paper, f"{draft}{paper.symbol}-{proposal.number}")


def _paper(proposal: Proposal) -> Paper:
    """Raises 404 where there is no paper, 403 where it says more than the reader may know."""
    if not readable_by(current_user, proposal):
        audit.tell("refused", current_user, proposal, wanted="print")
        raise NotThis
    return paper_of(proposal) or abort(404)


@bp.route("/<int:id>/paper", methods=["GET", "POST"])
@opens(Proposal, to="issue", form=IssueForm)
@takes_a_file
def paper(proposal: Proposal) -> Any:
    """Register number and day of the signed paper, and the scan of the page that was signed."""
    _paper(proposal)
    if proposal.document is None:
        return _nothing_to_sign(proposal)
    about = proposal.titled(called(current_user, proposal.case.person))
    return issuing.page(proposal.document, (proposal.number, url_for(".show", id=proposal.id)), about)


def _nothing_to_sign(proposal: Proposal) -> Any:
    refused = Refused(Plain(mark("There is no decision that a paper could tell.")))
    status = refused.status if request.method == "POST" else 200
    return render_template("proposals/nothing_to_sign.html", proposal=proposal, refused=refused), status


__all__ = ["bp"]
