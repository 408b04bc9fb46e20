"""The page that records an oral approval."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from portal.engine import notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.text import _
from portal.proposals import actions
from portal.proposals.models import Proposal
from portal.proposals.oral.form import OralForm, oral_form
from portal.proposals.papers.views import bp


@bp.route("/<int:id>/oral", methods=["GET", "POST"])
@opens(Proposal, to="approve_orally", form=OralForm)
def approve_orally(proposal: Proposal) -> Any:
    """Who said it, when, how, and why it could not wait."""
    back = url_for(".show", id=proposal.id)
    form, open_ = oral_form(proposal, current_user.id), proposal.workflow.is_open_to(
        current_user, proposal, "approve_orally"
    )  # fmt: skip
    if form.is_submitted() or open_:
        tried = attempt(
            form, lambda: actions.approve_orally(proposal, current_user, form.word(), form.shown_version()), proposal
        )  # fmt: skip
        if tried.done:
            notice.done(_("It is recorded, and holds until it is confirmed in writing or lapses."))
            return redirect(back)
        shown = {"proposal": proposal, "form": form, "refused": tried.refused, "back": back}
        return render_template("proposals/oral.html", **shown), tried.status
    return redirect(back)


__all__ = ["bp"]
