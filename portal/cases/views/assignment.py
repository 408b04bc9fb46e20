"""Who works on a case: asking, accepting, declining."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.cases.actions.assignment import assign_officer
from portal.cases.forms import AssignForm
from portal.cases.law_days import next_helper_report
from portal.cases.models import Assignment, AssignmentKind, Case
from portal.cases.queries import how_many_wait, loads
from portal.cases.views.blueprint import bp
from portal.engine import notice
from portal.engine.access import may, opens, reach
from portal.engine.db import db
from portal.engine.deeds import take_step
from portal.engine.forms import ReasonForm
from portal.engine.refusal import Refused
from portal.engine.text import _, _l
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of

DONE = {
    "accept": _l("You have accepted the assignment."),
    "decline": _l("You have declined. The chief sees why."),
    "recall": _l("The request is taken back. Somebody else can be asked."),
}


@bp.route("/cases/<int:id>/assign", methods=["GET", "POST"])
@opens(Case, to="assign", form=AssignForm)
def assign(case: Case) -> Any:
    """The chief asks an officer; the page shows how much each has in hand."""
    form, offered, refused = AssignForm(version=case.version), loads(case.commune_id), None
    form.officer_id.choices = [(str(load.officer.id), load.officer.full_name) for load in offered]
    if form.validate_on_submit():
        chosen = next(load.officer for load in offered if str(load.officer.id) == form.officer_id.data)
        try:
            with transaction(current_user, editing=case, version=form.shown_version()):
                assign_officer(case, chosen)
        except Refused as caught:
            refused = form.place(caught)
        else:
            notice.done(_("%(name)s is asked to take the case.", name=chosen.full_name))
            return redirect(url_for(".show", id=case.id))
    status = refused.status if refused else 422 if form.errors else 200
    asked = case.proposed(AssignmentKind.OFFICER)
    shown = {"case": case, "form": form, "loads": offered, "refused": refused, "asked": asked}
    return render_template("cases/assign.html", **shown), status


@bp.get("/assignments/<int:id>")
@opens(Assignment, to="read")
def assignment(assignment: Assignment) -> Any:
    return _page(assignment)


@bp.post("/assignments/<int:id>/<any(accept, decline, recall):transition>")
@opens(Assignment, to="read")
def take_assignment(assignment: Assignment, transition: str) -> Any:
    form = ReasonForm(request.form)
    if refused := take_step(assignment, transition, form):
        return _page(assignment, refused, form.reason.data or "", transition), refused.status
    notice.done(str(DONE[transition]))
    allowed = may(current_user, "read", assignment.case)
    return redirect(url_for(".show", id=assignment.case_id) if allowed else url_for("home.show"))


def _waiting_together() -> int:
    """How many requests wait for the reader's answer, where there are several."""
    count = db.session.scalar(how_many_wait(reach(current_user, "accept_many", Assignment))) or 0
    return count if count > 1 else 0


def _page(assignment: Assignment, refused: Refused | None = None, typed: str = "", failed: str = "") -> Any:
    """Whoever is asked to help learns of whom, what and by when; what else the case says opens with the answer."""
    offers, case = assignment.workflow.offers(current_user, assignment), assignment.case
    helps = assignment.kind == AssignmentKind.HELPER
    return render_template(
        "cases/assignment.html", assignment=assignment, offers=offers, refused=refused, typed=typed, failed=failed,
        reads_case=may(current_user, "read", case), answer=next(reversed(steps_of(assignment)), None),
        report=next_helper_report(case) if helps else None, together=0 if helps else _waiting_together(),
    )  # fmt: skip
