"""The outbox of a phone that cannot send, handed in as a file."""

from typing import Any

from flask import current_app, render_template
from flask_login import current_user

from portal.engine.access import signed_in
from portal.engine.text import _
from portal.engine.uploads import takes_a_file
from portal.offline import handing_in, sealed_file
from portal.offline.forms import FileForm
from portal.offline.handing_in import Outcome
from portal.offline.parcel import Unreadable
from portal.offline.queries import phone_among
from portal.offline.views.blueprint import bp


@bp.route("/file", methods=["GET", "POST"])
@signed_in
@takes_a_file
def hand_in() -> Any:
    """Take what waits in the file, item by item, and tell what became of each."""
    form, outcomes = FileForm(), None
    if form.validate_on_submit():
        try:
            outcomes = _take(form, form.file.data.stream.read(current_app.config["UPLOAD_BYTES"]))
        except Unreadable:
            form.file.errors = [_(
                "This is no outbox of yours, or it is damaged: only its owner hands it in, as the app saved it."
            )]  # fmt: skip
    return render_template("offline/file.html", form=form, outcomes=outcomes), 422 if form.errors else 200


def _take(form: FileForm, content: bytes) -> list[Outcome] | None:
    """Raises Unreadable where it is no outbox, or somebody else's. Of a phone that was forgotten nothing is taken."""
    phone = phone_among(current_user.id, [sealed_file.tag_in(content)])
    if phone is None:
        raise Unreadable
    if phone.forgotten_at is not None:
        form.file.errors = [_("This phone was forgotten. Sign in on it once more, and save the file again.")]
        return None
    return handing_in.take(current_user, phone, content)
