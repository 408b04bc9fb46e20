"""Countersigning, disputing, closing."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.engine import notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm
from portal.engine.text import _
from portal.patrols import actions
from portal.patrols.forms import CloseForm, DisputeForm
from portal.patrols.models import Patrol
from portal.patrols.presenters import page
from portal.patrols.views.blueprint import bp
from portal.patrols.views.files import shown


@bp.route("/<int:id>/sign", methods=["GET", "POST"])
@opens(Patrol, to="countersign")
def sign(patrol: Patrol) -> Any:
    """Ask once more, then sign the log that was read."""
    if request.method == "GET" and patrol.state != "logged":
        return redirect(url_for(".show", id=patrol.id))
    form = EditForm(version=patrol.version)
    tried = attempt(form, lambda: actions.sign(patrol, current_user, form.shown_version()))
    if tried.done:
        notice.done(_("Signed."), str(patrol.standing.label))
        return redirect(url_for(".show", id=patrol.id))
    if tried.refused:
        return shown(patrol, tried.refused), tried.status
    return render_template("patrols/sign.html", patrol=patrol, form=form, page=page), tried.status


@bp.route("/<int:id>/dispute", methods=["GET", "POST"])
@opens(Patrol, to="countersign", form=DisputeForm)
def dispute(patrol: Patrol) -> Any:
    if request.method == "GET" and patrol.state != "logged":
        return redirect(url_for(".show", id=patrol.id))
    form = DisputeForm(version=patrol.version)
    tried = attempt(form, lambda: actions.dispute(patrol, current_user, form.reason.data or "", form.shown_version()))
    if tried.done:
        notice.done(_("The log is disputed. It will be written again."))
        return redirect(url_for(".show", id=patrol.id))
    return render_template("patrols/dispute.html", patrol=patrol, form=form, refused=tried.refused), tried.status


@bp.route("/<int:id>/close", methods=["GET", "POST"])
@opens(Patrol, to="close", form=CloseForm)
def close(patrol: Patrol) -> Any:
    if request.method == "GET" and patrol.state != "countersigned":
        return redirect(url_for(".show", id=patrol.id))
    form = CloseForm(version=patrol.version)

    def deed() -> Any:
        return patrol.workflow.take("close", patrol, current_user, form.reason.data or "")

    tried = attempt(form, deed, patrol)
    if tried.done:
        notice.done(_("The patrol is closed."))
        return redirect(url_for(".show", id=patrol.id))
    return render_template("patrols/close.html", patrol=patrol, form=form, refused=tried.refused), tried.status
