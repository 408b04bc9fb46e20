"""What may be handed in for a phone."""

from typing import ClassVar

from flask_wtf.file import FileField

from portal.documents.forms import Upload
from portal.engine.forms import Form, Required
from portal.engine.text import _l


class FileForm(Form):
    file = FileField(_l("The file that the app saved"), [Required()])
    widths: ClassVar[dict[str, str]] = {}


class PhotoForm(Form):
    """What is checked of a photo. Nobody sees this form."""

    file = Upload(_l("Photo"), [Required()])
