"""What may be handed in for a phone."""

from typing import ClassVar

from flask_wtf.file import FileField

from portal.documents.forms import Upload
from portal.engine.forms import Form, Line, Required
from portal.engine.text import _l


class FileForm(Form):
    file = FileField(_l("The file that the app saved"), [Required()])
    widths: ClassVar[dict[str, str]] = {}


class PhotoForm(Form):
    """What the app sends with a photo: of which item, under which id. Nobody sees this form."""

    phone = Line("phone", [Required()], length=64)
    of = Line("of", [Required()], length=36)
    photo = Line("photo", [Required()], length=36)
    file = Upload("file", [Required()])
