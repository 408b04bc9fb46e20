"""What may be typed at the door."""

from wtforms import HiddenField

from portal.engine.forms import Form, Line, Password, Required, ValidationError
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
