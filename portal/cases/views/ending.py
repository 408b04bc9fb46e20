"""Pages on which the end of a term is prepared: its last day checked by a second person, what holds the certificate
back, what stays undone."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from portal.cases.actions import ending as actions
from portal.cases.forms import EndCheckForm, HoldEndForm, HoldForm, UndoneForm
from portal.cases.models import Case, CertificateHold, EndCheck, HoldGround
from portal.cases.presenters import ending as presenter
from portal.cases.undone import open_duties
from portal.cases.views.blueprint import bp
from portal.cases.views.recording import write
from portal.duties.presenter import rows
from portal.engine import notice, versions
from portal.engine.access import opens
from portal.engine.deeds import attempt, take_step
from portal.engine.forms import ReasonForm
from portal.engine.refusal import Refused
from portal.engine.text import _, _l

DONE = {
    "confirm": _l("The last day is confirmed; the certificate can be proposed for it."),
    "refuse": _l("The last day is refused; another check has to be asked for."),
}


@bp.route("/cases/<int:id>/end-check", methods=["GET", "POST"])
@opens(Case, to="record", form=EndCheckForm)
def check_end(case: Case) -> Any:
    """The computed last day with its reasoning, and the question to a second person whether it is that."""
    due, computed_on = actions.computed_end(case)
    form = EndCheckForm(last_on=due.due_on if due else None, version=case.version)
    tried = attempt(form, lambda: actions.ask_end_check(case, **form.told()), case)
    if tried.done:
        notice.done(_("A second person is asked to check the last day."))
        return redirect(url_for(".end_checked", id=tried.made.id))
    shown = {"case": case, "form": form, "refused": tried.refused, "waiting": presenter.waiting(case),
             "end": presenter.told(due, computed_on), "holds": presenter.holds(case, current_user)}  # fmt: skip
    return render_template("cases/end_check.html", **shown), tried.status


@bp.get("/end-checks/<int:id>")
@opens(EndCheck, to="read")
def end_checked(check: EndCheck) -> Any:
    return _page(check)


@bp.post("/end-checks/<int:id>/<any(confirm, refuse):transition>")
@opens(EndCheck, to="read")
def take_end_check(check: EndCheck, transition: str) -> Any:
    """Somebody else than the officer of the case answers: before that no certificate is proposed."""
    form = ReasonForm()
    if refused := take_step(check, transition, form):
        return _page(check, refused, form.reason.data or "", transition), refused.status
    notice.done(str(DONE[transition]))
    return redirect(url_for(".show", id=check.case_id))


def _page(check: EndCheck, refused: Refused | None = None, typed: str = "", failed: str = "") -> Any:
    return render_template(
        "cases/end_checked.html", check=check, case=check.case, refused=refused, typed=typed, failed=failed,
        end=presenter.told(check.due, check.computed_on), ground=presenter.ground(check),
        holds=presenter.holds(check.case, current_user), offers=check.workflow.offers(current_user, check),
        barred=check.workflow.barred(current_user, check), story=presenter.story(check),
    )  # fmt: skip


@bp.route("/cases/<int:id>/hold", methods=["GET", "POST"])
@opens(Case, to="record", form=HoldForm)
def hold(case: Case) -> Any:
    """What holds the certificate back."""
    form = HoldForm(version=case.version)
    return write(
        case, form, _("Record what holds the certificate back"), _("Record it"),
        _("It is recorded: no certificate is proposed until it has ended."),
        lambda: actions.hold_certificate(
            case, HoldGround(form.ground.data), form.since.data, (form.paper.data or "").strip()
        ),
        editing=case,
    )  # fmt: skip


@bp.route("/certificate-holds/<int:id>/end", methods=["GET", "POST"])
@opens(CertificateHold, to="record", form=HoldEndForm)
def end_hold(hold: CertificateHold) -> Any:
    """How it ended: the certificate that follows tells the day on which the term really ended."""
    form = HoldEndForm(data=versions.carried(hold))
    return write(
        hold.case, form, _("Record how it ended"), _("Record it"),
        _("It is recorded; the certificate can be proposed for the last day of the term."),
        lambda: actions.end_hold(hold, form.ended_on.data, form.how_ended.data or ""), editing=hold,
    )  # fmt: skip


@bp.route("/cases/<int:id>/undone", methods=["GET", "POST"])
@opens(Case, to="record", form=UndoneForm)
def undone(case: Case) -> Any:
    """What is still to be done before the case is closed: each is done on its page, or left with a reason."""
    form = UndoneForm(version=case.version)
    tried = attempt(form, lambda: actions.leave_undone(case, form.ticked, form.reason.data or ""), case,
                    leads_to=url_for(".undone", id=case.id))  # fmt: skip
    if tried.done:
        notice.done(_("It is recorded. What was left stands in the story once the case is closed, and before."))
        return redirect(url_for(".undone", id=case.id))
    shown = {"case": case, "form": form, "refused": tried.refused, "rows": rows(current_user, open_duties(case)),
             "left": presenter.left(case)}  # fmt: skip
    return render_template("cases/undone.html", **shown), tried.status
