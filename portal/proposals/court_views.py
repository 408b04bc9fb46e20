"""The page on which it is written down what became of a file above the commune."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_login import current_user

from portal.engine import notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.text import _
from portal.proposals import actions
from portal.proposals.kinds.shortening.answer_form import CourtAnswerForm
from portal.proposals.kinds.shortening.model import Answer, ShorteningProposal
from portal.proposals.models import Proposal
from portal.proposals.papers.views import bp


@bp.route("/<int:id>/court-answer", methods=["GET", "POST"])
@opens(Proposal, to="record_answer", form=CourtAnswerForm)
def court_answer(proposal: Proposal) -> Any:
    """Where the file is, and the court's decision; a granted one waits for a second person as any shortening does."""
    if not isinstance(proposal, ShorteningProposal):
        abort(404)
    kept = {name: getattr(proposal, name) for name in ("file_built_on", "session_on", "months")}
    form = CourtAnswerForm(data={**kept, "version": proposal.version})
    tried = attempt(form, lambda: actions.record_court_answer(proposal, current_user, **form.told()), proposal)
    if tried.done:
        notice.done(*_said(proposal))
        return redirect(url_for(".show", id=proposal.id))
    shown = {"proposal": proposal, "form": form, "refused": tried.refused, "steps": proposal.steps}
    return render_template("proposals/court_answer.html", **shown), tried.status


def _said(proposal: ShorteningProposal) -> tuple[str, ...]:
    if proposal.answer == Answer.GRANTED:
        return _("The court's answer is recorded."), _("It counts once a second person has confirmed it.")
    return (_("It is recorded."),)


__all__ = ["bp"]
