"""What may be typed beside a file, and the field of the file itself."""

from typing import Any, ClassVar

from flask import current_app
from flask_wtf.file import FileField

from portal.documents.intake import DOCX, Accepted, accept
from portal.documents.refused import RefusedFile
from portal.engine.forms import (
    BooleanField,
    Day,
    Form,
    Line,
    Required,
    ValidationError,
    not_in_the_future,
)
from portal.engine.text import _, _l, say

NOT_CLASSIFIED = _l("This bears no mark of secrecy: secret, top secret or most secret")
CONFIRM = _l("State secrets do not belong here. Please confirm that this is none.")


class Upload(FileField):
    """A file that is looked at when the form is checked; *accepted* is what may be kept of it."""

    accepted: Accepted | None = None

    def __init__(self, label: Any = None, validators: Any = (), *, scan: bool = False, **options: Any) -> None:
        """*scan*: only what shows a page as it is, ink and seal: no text that can be typed over."""
        super().__init__(label, validators, **options)
        self.scan = scan

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        most = current_app.config["UPLOAD_BYTES"]
        try:
            self.accepted = accept(self.data.stream.read(most + 1), self.data.filename or "", most)
        except RefusedFile as refused:
            raise ValidationError(say(refused.message, **refused.numbers)) from refused
        if self.scan and self.accepted.media_type == DOCX:
            self.accepted = None
            raise ValidationError(_("A signed page is a scan: PDF or a picture, no Word file."))

    def refuse(self, reason: str) -> None:
        """Tell an error that was found after the form was checked."""
        self.errors = [reason]


class UploadForm(Form):
    title = Line(_l("What it is"), [Required()])
    dated_on = Day(_l("Day of the document"), [Required(), not_in_the_future])
    file = Upload(_l("File"), [Required()])
    not_classified = BooleanField(NOT_CLASSIFIED, [Required(CONFIRM)])
    widths: ClassVar[dict[str, str]] = {"dated_on": "day"}


__all__ = ["CONFIRM", "NOT_CLASSIFIED", "Upload", "UploadForm"]
