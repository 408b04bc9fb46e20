"""What may be typed about accounts."""

from wtforms import HiddenField

from portal.engine.forms import Form, Line, Password, Required
from portal.engine.text import _l


class SignInForm(Form):
    username = Line(_l("User name"), [Required()], render_kw={"autocomplete": "username", "autocapitalize": "none"})
    password = Password(_l("Password"), [Required()], render_kw={"autocomplete": "current-password"})
    next = HiddenField()
