"""Pages of papers: the draft to print, and the register of what was signed."""

from datetime import date
from io import BytesIO
from typing import Any

from flask import abort, current_app, redirect, render_template, request, send_file, url_for
from flask_login import current_user

from portal.cases.presenters.files import size
from portal.documents import receiving
from portal.documents.actions import QuotaSpent
from portal.documents.numbers import Number
from portal.documents.paper import Paper
from portal.documents.store import Stored
from portal.engine import audit, clock, notice
from portal.engine.access import opens
from portal.engine.presentation import told
from portal.engine.refusal import NotThis, Refused
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.engine.uploads import takes_a_file
from portal.proposals.models import Proposal
from portal.proposals.papers import paper_of, register
from portal.proposals.papers.forms import PaperForm
from portal.proposals.papers.shown import readable_by
from portal.proposals.views import bp


@bp.get("/<int:id>/paper.docx")
@opens(Proposal, to="read", told_as="print")
def draft(proposal: Proposal) -> Any:
    """The paper to print, sign and seal; the same before the decision and after."""
    from portal.documents import layout  # eight megabytes, which a worker holds only once somebody prints

    paper = _paper(proposal)
    return send_file(
        BytesIO(layout.written(paper)), layout.MEDIA_TYPE, as_attachment=True, etag=False,
        download_name=f"{'DU-THAO-' if paper.warning else ''}{paper.symbol}-{proposal.number}.docx",
    )  # fmt: skip


def _paper(proposal: Proposal) -> Paper:
    """Raises 404 where there is no paper, 403 where it says more than the reader may know."""
    if not readable_by(current_user, proposal):
        audit.tell("refused", current_user, proposal, wanted="print")
        raise NotThis
    return paper_of(proposal) or abort(404)


@bp.route("/<int:id>/paper", methods=["GET", "POST"])
@opens(Proposal, to="issue")
@takes_a_file
def paper(proposal: Proposal) -> Any:
    """Register number and day of the signed paper, and the scan of the page that was signed."""
    drawn = _paper(proposal)
    day = proposal.decision_on or clock.today()
    number = proposal.decision_number or str(register.suggested(proposal, drawn, day))
    form = PaperForm(data={"decision_number": number, "decision_on": day, "version": proposal.version})
    refused = None
    if form.validate_on_submit() and form.number:
        scan = receiving.stored(form.scan)
        if scan or not form.scan.data:
            written = form.number.spelled_as(drawn.symbol)
            refused = _registered(proposal, form, written, scan)
            if refused is None and not form.errors:
                notice.done(*_done(proposal, written, drawn.symbol))
                return redirect(url_for(".show", id=proposal.id))
    status = refused.status if refused else 422 if form.errors else 200
    return _page(proposal, form, day, refused), status


def _registered(proposal: Proposal, form: PaperForm, number: Number, scan: Stored | None) -> Refused | None:
    """Do it in one transaction; what concerns a field is told there."""
    try:
        with transaction(current_user, editing=proposal, version=form.shown_version()):
            day = form.decision_on.data
            register.register(proposal, number, day, scan, current_user.id, receiving.most_bytes())
    except register.Taken as taken:
        form.decision_number.errors = [told(taken.reasons[0])]
    except QuotaSpent as spent:
        form.scan.refuse(told(spent.reasons[0]))
    except Refused as caught:
        return form.place(caught)
    return None


def _done(proposal: Proposal, number: Number, symbol: str) -> tuple[str, str]:
    """What was registered, and what is odd about it: another sign, numbers before it that the portal does not know."""
    gap = register.gap_before(proposal, number, proposal.decision_on or clock.today())
    odd = [] if number.of(symbol) else [_("Papers of this kind bear the sign %(symbol)s.", symbol=symbol)]
    odd += [_("Numbers before it that the portal does not know: %(numbers)s.", numbers=gap)] if gap else []
    return _("%(number)s is registered.", number=proposal.decision_number), " ".join(odd)


def _page(proposal: Proposal, form: PaperForm, day: date, refused: Refused | None) -> str:
    suggested = register.suggested(proposal, _paper(proposal), day)
    return render_template(
        "proposals/paper.html", proposal=proposal, form=form, refused=refused, suggested=suggested,
        gap=register.gap_before(proposal, suggested, day), issued=register.is_issued(proposal),
        limit=size(current_app.config["UPLOAD_BYTES"], whole=True), posted=request.method == "POST",
    )  # fmt: skip


__all__ = ["bp"]
