"""Countersigning the log."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.engine import notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm
from portal.engine.text import _
from portal.patrols import actions
from portal.patrols.models import Patrol
from portal.patrols.presenters import versions
from portal.patrols.presenters.page import told_after
from portal.patrols.views.blueprint import bp
from portal.patrols.views.pages import shown


@bp.route("/<int:id>/sign", methods=["GET", "POST"])
@opens(Patrol, to="countersign")
def sign(patrol: Patrol) -> Any:
    """Ask once more, then sign the log that was read; whoever answered to it already sees what each force said."""
    if request.method == "GET" and not patrol.workflow.is_open_to(current_user, patrol, "sign"):
        return redirect(url_for(".show", id=patrol.id))
    form = EditForm(version=patrol.version)
    tried = attempt(form, lambda: actions.sign(patrol, current_user, form.shown_version()))
    if tried.done:
        notice.done(_("Signed."), told_after(patrol))
        return redirect(url_for(".show", id=patrol.id))
    if tried.refused:
        return shown(patrol, tried.refused), tried.status
    told = versions.told(patrol.log) if patrol.log else []
    return render_template("patrols/sign.html", patrol=patrol, form=form, told=told), tried.status
