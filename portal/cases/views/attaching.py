"""Attaching a file to a case."""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for

from portal.cases.models import Case
from portal.cases.views.blueprint import bp
from portal.documents.attaching import attach as tried_to_attach
from portal.documents.forms import UploadForm
from portal.documents.presenter import size
from portal.engine import clock, notice
from portal.engine.access import opens
from portal.engine.text import _
from portal.engine.uploads import takes_a_file


@bp.route("/cases/<int:id>/attach", methods=["GET", "POST"])
@opens(Case, to="attach")
@takes_a_file
def attach(case: Case) -> Any:
    """Where the case takes no file any more its page says why, and what leads on."""
    if request.method == "GET" and case.against_files:
        return redirect(url_for(".show", id=case.id))
    form = UploadForm(dated_on=clock.today())
    tried = tried_to_attach(form, case)
    if tried.done:
        notice.done(_("The file is attached."))
        return redirect(url_for(".show", id=case.id))
    limit = size(current_app.config["UPLOAD_BYTES"], whole=True)
    shown = {"case": case, "form": form, "limit": limit, "refused": tried.refused}
    return render_template("documents/attach.html", **shown), tried.status
