"""What may be typed about a hotline."""

import re

from portal.engine.forms import EditForm, Form, Line, Number, Optional, Phone, Required, ValidationError
from portal.engine.text import _, _l

MOST_POSITION = 99
_CALLED = re.compile(r"[0-9]{3,11}")


class NewHotlineForm(Form):
    name = Line(_l("Who answers"), [Required()], length=80)
    phone = Phone(_l("Number"), [Required()], length=20)
    purpose = Line(_l("What for"), [Optional()], length=120)
    position = Number(_l("Place in the list"), [Required()], least=1, most=MOST_POSITION)

    def validate_phone(self, field: Phone) -> None:
        if field.data and not _CALLED.fullmatch(field.data):
            raise ValidationError(_("A number has three to eleven digits."))


class HotlineForm(NewHotlineForm, EditForm):
    """The same of a number that is published."""
