"""Files: to take along, and to strike out."""

import logging
from io import BytesIO
from typing import Any

from flask import Blueprint, render_template, send_file, url_for

from portal.documents import store
from portal.documents.models import Attachment, AttachmentKind
from portal.engine import void_page
from portal.engine.access import opens
from portal.engine.forms import VoidForm
from portal.engine.text import _, _l
from portal.engine.void_page import Question

log = logging.getLogger("portal")
STAYS = _l(
    "The file stays where it is and can still be opened; beside it stands that it was attached in error, and why."
)
PAGES = {  # of what else than cases has files
    "patrol_id": "patrols.show", "observation_id": "observations.show", "pledge_sheet_id": "campaigns.sheet",
    "incident_id": "incidents.show",
}  # fmt: skip
bp = Blueprint("documents", __name__, url_prefix="/attachments")


@bp.get("/<int:id>")
@opens(Attachment, to="read", told_as="download")
def download(attachment: Attachment) -> Any:
    """The content as it was kept, never shown within the portal; nothing, once it went with somebody's name."""
    if attachment.forgotten_on:
        return render_template("documents/unreadable.html", attachment=attachment, back=_back(attachment)), 410
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
@opens(Attachment, to="void", form=VoidForm)
def void(attachment: Attachment) -> Any:
    """Strike a file out as attached in error. Its content stays too."""
    back = _back(attachment)
    return void_page.ask(attachment, Question(
        title=_("Strike out “%(title)s”?", title=attachment.title),
        text=str(STAYS),
        verb=_("Strike the file out"),
        done=_("The file is struck out. It stays there, with the reason."),
        back=back, crumbs=[(_("Back"), back), (attachment.title, "")],
    ))  # fmt: skip


def _back(attachment: Attachment) -> str:
    """To the page on which the file stands."""
    for owner, page in PAGES.items():
        if (owner_id := getattr(attachment, owner)) is not None:
            return url_for(page, id=owner_id)
    if attachment.case_id is None:
        return url_for("register.show", id=attachment.document_id)
    if attachment.kind == AttachmentKind.SIGNED_PAGE and attachment.proposal_id:
        return url_for("proposals.show", id=attachment.proposal_id)
    return url_for("cases.show", id=attachment.case_id)
