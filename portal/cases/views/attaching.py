"""Attaching a file to a case."""

from typing import Any

from flask import current_app, redirect, render_template, url_for
from flask_login import current_user

from portal.cases.models import Case
from portal.cases.presenters.files import size
from portal.cases.views.blueprint import bp
from portal.documents import actions, receiving
from portal.documents.forms import UploadForm
from portal.engine import clock, notice
from portal.engine.access import opens
from portal.engine.presentation import told
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.engine.uploads import takes_a_file


@bp.route("/cases/<int:id>/attach", methods=["GET", "POST"])
@opens(Case, to="attach")
@takes_a_file
def attach(case: Case) -> Any:
    """The file is looked at, written anew and encrypted before the transaction begins."""
    form, refused = UploadForm(dated_on=clock.today()), None
    if form.validate_on_submit() and (stored := receiving.stored(form.file)):
        try:
            with transaction(current_user):
                actions.attach(
                    case, stored, current_user.id, receiving.most_bytes(),
                    title=form.title.data, dated_on=form.dated_on.data,
                )  # fmt: skip
        except actions.QuotaSpent as spent:
            form.file.refuse(told(spent.reasons[0]))
        except Refused as caught:
            refused = form.place(caught)
        else:
            notice.done(_("The file is attached."))
            return redirect(url_for(".show", id=case.id))
    limit = size(current_app.config["UPLOAD_BYTES"], whole=True)
    status = refused.status if refused else 422 if form.errors else 200
    return render_template("documents/attach.html", case=case, form=form, limit=limit, refused=refused), status
