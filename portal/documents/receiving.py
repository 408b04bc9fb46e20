"""Between a checked form and its transaction: the slow part of keeping a file."""

import logging

from flask import current_app

from portal.documents import store
from portal.documents.forms import Upload
from portal.documents.store import Stored
from portal.engine.text import _

log = logging.getLogger("portal")


def stored(field: Upload) -> Stored | None:
    """Encrypt the file onto the disk; None, with the reason at the field, if there is no file or the disk is full."""
    if field.accepted is None:
        return None
    try:
        return store.keep(field.accepted)
    except store.NotKept:
        log.exception("a file could not be kept")
        field.refuse(_("The disk did not take the file. Nothing was saved; please tell whoever keeps the portal."))
        return None


def most_bytes() -> int:
    """How much one account may attach."""
    return int(current_app.config["UPLOAD_BYTES_A_USER"])
