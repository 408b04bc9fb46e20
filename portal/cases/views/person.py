"""What is kept of the person of a case: changed on a page of its own, since other files may speak of them as well.

Another date of birth of somebody who was taken on is asked for here, and answered to on the page of that question.
"""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.cases.actions.person import change_person_of
from portal.cases.forms import PersonOfCaseForm
from portal.cases.models import BirthCorrection, Case
from portal.cases.presenters import birth
from portal.cases.queries import further_files, is_taken_on, waiting_correction
from portal.cases.views.blueprint import bp
from portal.engine import notice
from portal.engine.access import opens
from portal.engine.deeds import attempt, take_step
from portal.engine.forms import ReasonForm
from portal.engine.refusal import Refused
from portal.engine.text import _, _l

DONE = {
    "confirm": _l("The date of birth is confirmed; every day of the person's cases follows from it."),
    "refuse": _l("The correction is refused. What is kept of the person stays as it is."),
}


@bp.route("/cases/<int:id>/person", methods=["GET", "POST"])
@opens(Case, to="edit_person", form=PersonOfCaseForm)
def person(case: Case) -> Any:
    kept = case.person
    form = PersonOfCaseForm(data={**PersonOfCaseForm.kept(kept), "version": kept.version, "case_version": case.version})
    form.fill_lists()
    if not is_taken_on(kept):
        form.leave_reason_out()
    tried = attempt(form, lambda: change_person_of(case, form.person(), form.why()), kept)
    if tried.done:
        waits = _("The date of birth stays as it was until a second person has confirmed the other one.")
        notice.done(_("What is kept of the person is changed."), waits if tried.made else "")
        return redirect(url_for(".show", id=case.id))
    now = form.differing(PersonOfCaseForm.kept(kept)) if tried.refused else ()
    shown = {"form": form, "case": case, "refused": tried.refused, "now": now, "waiting": waiting_correction(kept)}
    return render_template("cases/person.html", **shown, further=further_files(current_user, case)), tried.status


@bp.get("/birth-corrections/<int:id>")
@opens(BirthCorrection, to="read")
def birth_correction(correction: BirthCorrection) -> Any:
    return _page(correction)


@bp.post("/birth-corrections/<int:id>/<any(confirm, refuse):transition>")
@opens(BirthCorrection, to="read")
def take_birth_correction(correction: BirthCorrection, transition: str) -> Any:
    """A second person compares another date of birth with the paper: before that no day moves."""
    form = ReasonForm(request.form)
    if refused := take_step(correction, transition, form):
        return _page(correction, refused, form.reason.data or "", transition), refused.status
    notice.done(str(DONE[transition]))
    return redirect(url_for(".show", id=correction.case_id))


def _page(correction: BirthCorrection, refused: Refused | None = None, typed: str = "", failed: str = "") -> Any:
    return render_template(
        "cases/birth_correction.html", correction=correction, case=correction.case, refused=refused, typed=typed,
        failed=failed, offers=correction.workflow.offers(current_user, correction),
        barred=correction.workflow.barred(current_user, correction), told=birth.story_of(correction),
        follows=birth.following(correction, current_user) if correction.waits else None,
    )  # fmt: skip
