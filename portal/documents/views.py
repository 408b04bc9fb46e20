"""Files: to take along, and to strike out."""

import logging
from io import BytesIO
from typing import Any

from flask import Blueprint, redirect, render_template, send_file, url_for
from flask_login import current_user

from portal.documents import actions, store
from portal.documents.forms import VoidForm
from portal.documents.models import Attachment, AttachmentKind
from portal.engine import notice
from portal.engine.access import opens
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.transaction import transaction

log = logging.getLogger("portal")
bp = Blueprint("documents", __name__, url_prefix="/attachments")


@bp.get("/<int:id>")
@opens(Attachment, to="read", told_as="download")
def download(attachment: Attachment) -> Any:
    """The content as it was kept, never shown within the portal."""
    try:
        content = store.fetch(attachment.stored_as, attachment.digest)
    except store.Unreadable:
        log.exception("attachment %s cannot be read", attachment.id)
        return render_template("documents/unreadable.html", attachment=attachment, back=_back(attachment)), 410
    return send_file(
        BytesIO(content), attachment.media_type, as_attachment=True, download_name=attachment.file_name,
        conditional=False, etag=False,
    )  # fmt: skip


@bp.route("/<int:id>/void", methods=["GET", "POST"])
@opens(Attachment, to="void")
def void(attachment: Attachment) -> Any:
    form, refused = VoidForm(version=attachment.version), None
    if form.validate_on_submit():
        try:
            with transaction(current_user, editing=attachment, version=form.shown_version()):
                actions.void(attachment, form.reason.data or "")
        except Refused as caught:
            refused = form.place(caught)
        else:
            notice.done(_("The file is struck out. It stays in the case, with the reason."))
            return redirect(_back(attachment))
    status = refused.status if refused else 422 if form.errors else 200
    return render_template(
        "documents/void.html", attachment=attachment, form=form, refused=refused, back=_back(attachment)
    ), status


def _back(attachment: Attachment) -> str:
    """To the page on which the file stands."""
    if attachment.kind == AttachmentKind.SIGNED_PAGE:
        return url_for("proposals.show", id=attachment.proposal_id)
    return url_for("cases.show", id=attachment.case_id)
