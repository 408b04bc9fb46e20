"""Pages on which it is written down what came later to an absence."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_login import current_user

from portal.cases.models import Case
from portal.engine import notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.text import _
from portal.proposals.kinds.absence.answer import AgencyAnswerForm, ProofForm, record_agency_answer, record_proof
from portal.proposals.kinds.absence.before import PaperAbsenceForm, record_paper_absence
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.models import Proposal
from portal.proposals.papers.views import bp


@bp.route("/<int:id>/agency-answer", methods=["GET", "POST"])
@opens(Proposal, to="record_answer", form=AgencyAnswerForm)
def agency_answer(proposal: Proposal) -> Any:
    """Whether the agency above permits a leave that the chair may not permit."""
    if not isinstance(proposal, AbsenceProposal) or not proposal.goes_up:
        abort(404)
    form = AgencyAnswerForm(version=proposal.version)
    tried = attempt(form, lambda: record_agency_answer(proposal, current_user, **form.told()), proposal)
    if tried.done:
        notice.done(_("The answer of the agency is recorded."))
        return redirect(url_for(".show", id=proposal.id))
    shown = {"proposal": proposal, "form": form, "refused": tried.refused, "title": _("Answer of the agency")}
    return render_template("proposals/came_later.html", **shown), tried.status


@bp.route("/<int:id>/medical-paper", methods=["GET", "POST"])
@opens(Proposal, to="record_proof", form=ProofForm)
def medical_paper(proposal: Proposal) -> Any:
    """The doctor's order or the hospital's confirmation, where it came after the permission."""
    if not isinstance(proposal, AbsenceProposal) or not proposal.medical:
        abort(404)
    form = ProofForm(version=proposal.version)
    tried = attempt(form, lambda: record_proof(proposal, **form.told()), proposal)
    if tried.done:
        notice.done(_("The paper of the treatment is recorded."))
        return redirect(url_for(".show", id=proposal.id))
    title = _("The doctor's order or the hospital's confirmation")
    shown = {"proposal": proposal, "form": form, "refused": tried.refused, "title": title}
    return render_template("proposals/came_later.html", **shown), tried.status


@bp.route("/paper-absence/for-case/<int:id>", methods=["GET", "POST"])
@opens(Case, to="propose", form=PaperAbsenceForm)
def paper_absence(case: Case) -> Any:
    """An absence that was permitted on paper before the file was kept here."""
    form, back = PaperAbsenceForm(version=case.version), url_for("cases.show", id=case.id)
    tried = attempt(form, lambda: record_paper_absence(case, **form.told()), leads_to=back)
    if tried.done:
        notice.done(_("The permitted absence is recorded; its days are used up."))
        return redirect(back)
    shown = {"case": case, "form": form, "refused": tried.refused, "back": back, "verb": _("Record it"),
             "title": _("Record an absence permitted on paper before")}  # fmt: skip
    return render_template("cases/record.html", **shown), tried.status


__all__ = ["bp"]
