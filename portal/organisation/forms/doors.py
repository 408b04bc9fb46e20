"""What may be typed at the door."""

import re

from wtforms import HiddenField

from portal.engine.forms import Choice, Form, Line, Password, Required, ValidationError
from portal.engine.text import _, _l


class SignInForm(Form):
    username = Line(_l("User name"), [Required()], render_kw={"autocomplete": "username", "autocapitalize": "none"})
    password = Password(_l("Password"), [Required()], render_kw={"autocomplete": "current-password"})
    next = HiddenField()


class PasswordForm(Form):
    present = Password(_l("Present password"), [Required()], render_kw={"autocomplete": "current-password"})
    new = Password(
        _l("New password"), [Required()], description=_l("At least 12 characters; a short sentence is easy to keep."),
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip
    again = Password(_l("New password once more"), [Required()], render_kw={"autocomplete": "new-password"})

    def validate_again(self, field: Password) -> None:
        if field.data != self.new.data:
            raise ValidationError(_("The two do not agree."))


class CardForm(Form):
    """The digits of a printed card, in groups or not."""

    code = Line(
        _l("Digits on the card"), [Required()], length=40, description=_l("Twelve digits, printed under the code."),
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "data-from-address": ""},
    )  # fmt: skip

    @property
    def digits(self) -> str:
        return re.sub(r"[ .-]", "", self.code.data or "")


class NewCardForm(Form):
    grant_id = Choice(_l("For whom"), [Required()])
