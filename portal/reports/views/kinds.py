"""Kinds of reports: what a commune owes to whom."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from portal.engine import clock, notice
from portal.engine.access import allows, opens
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm, Form
from portal.engine.refusal import Conflict, Refused
from portal.engine.text import _
from portal.reports import actions, queries
from portal.reports.forms import KindForm
from portal.reports.models import ReportKind
from portal.reports.usual import usual_codes
from portal.reports.views.blueprint import bp


@bp.get("/reports/kinds")
@allows(ReportKind, to="edit")
def kinds() -> Any:
    return _kinds()


def _kinds(refused: Refused | None = None) -> str:
    found = queries.kinds_of(current_user.acting.commune_id, active=False)
    left = usual_codes() - {one.code for one in found}
    return render_template("reports/kinds.html", kinds=found, left=len(left), refused=refused)


@bp.post("/reports/kinds/usual")
@allows(ReportKind, to="create")
def take_over_usual() -> Any:
    """Enter those of the usual kinds that the commune does not have."""
    tried = attempt(Form(), lambda: actions.take_over_usual(current_user.acting.commune_id))
    if not tried.done:
        return _kinds(tried.refused), tried.status
    notice.done(_("The usual kinds of reports are entered. Please look through whom each goes to, and when."))
    return redirect(url_for(".kinds"))


@bp.route("/reports/kinds/new", methods=["GET", "POST"])
@allows(ReportKind, to="create")
def new_kind() -> Any:
    form = KindForm(since=clock.today(), active=True)
    return _written(form, None)


@bp.route("/reports/kinds/<int:id>", methods=["GET", "POST"])
@opens(ReportKind, to="edit", form=KindForm)
def kind(kind: ReportKind) -> Any:
    return _written(KindForm(obj=kind), kind)


def _written(form: KindForm, kind: ReportKind | None) -> Any:
    commune_id = current_user.acting.commune_id
    tried = attempt(form, lambda: actions.save_kind(kind, form.facts(), commune_id), kind)
    if tried.done:
        notice.done(_("The kind of report is kept."))
        return redirect(url_for(".kinds"))
    overtaken = isinstance(tried.refused, Conflict) and kind is not None and isinstance(form, EditForm)
    now = form.differing(kind.facts) if overtaken and kind else ()
    return render_template("reports/kind.html", form=form, kind=kind, refused=tried.refused, now=now), tried.status
