"""Pages of the days of a case as they were kept: with their reasons, and where the law gives others today."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload

from portal.cases.actions import keeping
from portal.cases.forms.entries import TakeOverForm
from portal.cases.models import RUNNING, Case, Reckoning
from portal.cases.presenters import kept as presenter
from portal.cases.views.blueprint import bp
from portal.engine import audit, notice
from portal.engine.access import lists, opens
from portal.engine.db import db
from portal.engine.deeds import attempt, take_step
from portal.engine.forms import ReasonForm
from portal.engine.refusal import Refused
from portal.engine.text import _, _l

DONE = {
    "confirm": _l("The new days are confirmed; every day of the case follows from them."),
    "refuse": _l("The days stay as they were."),
}


@bp.get("/differences")
@lists(Case, to="oversee_days")
def differences(cases: Select[Any]) -> Any:
    """The running cases whose days would be others if they were worked out today. Nothing changes by itself."""
    running = cases.where(Case.state.in_(RUNNING), Case.voided_at.is_(None)).order_by(Case.number)
    loaded = selectinload(Case.term_changes), selectinload(Case.reckonings).selectinload(Reckoning.days)
    asked = running.options(*loaded, selectinload(Case.end_checks), joinedload(Case.commune))
    found = [(case, presenter.differing(case)) for case in db.session.scalars(asked)]
    found = [(case, differing) for case, differing in found if differing]
    audit.tell("list", current_user, None, type="case", rows=len(found))
    return render_template("cases/differences.html", found=found)


@bp.get("/cases/<int:id>/days")
@opens(Case, to="read_dates")
def days(case: Case) -> Any:
    """The days of a case with clause, version and facts, as its acts worked them out, the latest first."""
    return render_template("cases/days.html", case=case, **presenter.shown(case, current_user))


@bp.route("/cases/<int:id>/days/take-over", methods=["GET", "POST"])
@opens(Case, to="record", form=TakeOverForm)
def take_over(case: Case) -> Any:
    """Ask a second person that the days of today hold."""
    form = TakeOverForm(version=case.version)
    tried = attempt(form, lambda: keeping.ask_to_take_over(case, form.reason.data or "", current_user), case)
    if tried.done:
        notice.done(_("A second person is asked to confirm the new days. Until then those that were kept hold."))
        return redirect(url_for(".reckoning", id=tried.made.id))
    differing = keeping.differing(case)
    shown = {"case": case, "form": form, "refused": tried.refused, "differing": differing}
    return render_template("cases/take_over.html", **shown), tried.status


@bp.get("/reckonings/<int:id>")
@opens(Reckoning, to="read")
def reckoning(reckoning: Reckoning) -> Any:
    return _page(reckoning)


@bp.post("/reckonings/<int:id>/<any(confirm, refuse):transition>")
@opens(Reckoning, to="read")
def take_reckoning(reckoning: Reckoning, transition: str) -> Any:
    form = ReasonForm()
    if refused := take_step(reckoning, transition, form):
        return _page(reckoning, refused, form.reason.data or "", transition), refused.status
    notice.done(str(DONE[transition]))
    return redirect(url_for(".days", id=reckoning.case_id))


def _page(reckoning: Reckoning, refused: Refused | None = None, typed: str = "", failed: str = "") -> Any:
    return render_template(
        "cases/reckoning.html", reckoning=reckoning, case=reckoning.case, refused=refused, typed=typed, failed=failed,
        kept=presenter.told(reckoning), differing=keeping.differing(reckoning.case) if reckoning.waits else [],
        offers=reckoning.workflow.offers(current_user, reckoning),
        barred=reckoning.workflow.barred(current_user, reckoning), story=presenter.story(reckoning),
    )  # fmt: skip
