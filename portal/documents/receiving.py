"""Between a checked form and its transaction: the slow part of keeping a file."""

import logging

from flask import current_app

from portal.documents import store
from portal.documents.forms import Upload
from portal.engine.text import _

log = logging.getLogger("portal")


def stored(field: Upload) -> str:
    """Encrypt the file onto the disk and give the name it lies under; empty, with the reason at the field, if not."""
    if field.accepted is None:
        return ""
    try:
        return store.keep(field.accepted.content)
    except store.NotKept:
        log.exception("a file could not be kept")
        field.refuse(_("The disk did not take the file. Nothing was saved; please tell whoever keeps the portal."))
        return ""


def most_bytes() -> int:
    """How much one account may attach."""
    return int(current_app.config["UPLOAD_BYTES_A_USER"])
