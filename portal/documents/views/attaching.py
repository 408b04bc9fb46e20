"""The page that asks for a photo or a paper of a record of any room, and attaches it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, redirect, render_template, request

from portal.documents.attaching import attach
from portal.documents.forms import UploadForm
from portal.documents.presenter import size
from portal.engine import clock, notice
from portal.engine.db import Record
from portal.engine.text import _


@dataclass(frozen=True)
class AttachTo:
    """Where a file is attached: the page that it leads back to, the crumbs above the form, what the record is called,
    and the day that the file most likely is of."""

    back: str
    crumbs: Sequence[tuple[str, str]]
    title: str
    day: date


def attach_page(to: Record, target: AttachTo) -> Any:
    """Ask for a photo or a paper of a record, and attach it; a record that takes none is shown itself."""
    if request.method == "GET" and to.against_files:
        return redirect(target.back)
    form = UploadForm(dated_on=min(target.day, clock.today()))
    tried = attach(form, to)
    if tried.done:
        notice.done(_("The file is attached."))
        return redirect(target.back)
    limit = size(current_app.config["UPLOAD_BYTES"], whole=True)
    shown = {"target": target, "form": form, "limit": limit, "refused": tried.refused}
    return render_template("documents/photos.html", **shown), tried.status
