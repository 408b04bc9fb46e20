"""A workbook that is brought to a page."""

from flask import current_app
from flask_wtf.file import FileField

from portal.engine.forms import Form, HiddenField, Optional, Required, ValidationError
from portal.engine.text import _, _l


class Book(FileField):
    """A workbook; *content* is what was sent, once it is known not to be too large."""

    content: bytes = b""

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        most = current_app.config["UPLOAD_BYTES"]
        self.content = self.data.stream.read(most + 1)
        if len(self.content) > most:
            raise ValidationError(_("The file is larger than %(limit)s MB.", limit=most // 2**20))


class BringForm(Form):
    """*checked* is the digest of the file that was looked at: only that very file is then written."""

    file = Book(_l("Workbook (.xlsx)"), [Required()])
    checked = HiddenField(validators=[Optional()])
