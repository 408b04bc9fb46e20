"""Files: to take along, and to strike out."""

import logging
from io import BytesIO
from typing import Any

from flask import Blueprint, redirect, render_template, send_file, url_for

from portal.documents import actions, store
from portal.documents.forms import VoidForm
from portal.documents.models import Attachment, AttachmentKind
from portal.engine import notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.text import _

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
    form = VoidForm(version=attachment.version)
    tried = attempt(form, lambda: actions.void(attachment, form.reason.data or ""), attachment)
    if tried.done:
        notice.done(_("The file is struck out. It stays in the case, with the reason."))
        return redirect(_back(attachment))
    shown = {"attachment": attachment, "form": form, "refused": tried.refused, "back": _back(attachment)}
    return render_template("documents/void.html", **shown), tried.status


def _back(attachment: Attachment) -> str:
    """To the page on which the file stands."""
    if attachment.case_id is None:
        return url_for("register.show", id=attachment.document_id)
    if attachment.kind == AttachmentKind.SIGNED_PAGE and attachment.proposal_id:
        return url_for("proposals.show", id=attachment.proposal_id)
    return url_for("cases.show", id=attachment.case_id)
