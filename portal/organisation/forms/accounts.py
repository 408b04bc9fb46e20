"""What may be typed about an account. The user name is chosen once; a form never says what somebody may do."""

import re
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.engine.forms import Choice, EditForm, Line, Paragraphs, Phone, Required, ValidationError, a_name
from portal.engine.text import _, _l

ADDRESS_WORDS = (
    ("", _l("neutral")), ("anh", _l("Brother")), ("chị", _l("Sister")), ("ông", _l("Sir")), ("bà", _l("Madam")),
)  # fmt: skip
USERNAME = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+")
LEAST, MOST = 3, 40


def good_username(typed: str) -> bool:
    """What everybody can type on every keyboard."""
    return USERNAME.fullmatch(typed) is not None and LEAST <= len(typed) <= MOST


class AccountForm(EditForm):
    """Who somebody is."""

    full_name = Line(_l("Full name"), [Required(), a_name], length=120)
    title = Line(_l("Office"), [Optional()], description=_l("Rank or office, as it stands under a signature."))
    address_word = Choice(_l("How the portal addresses them"), choices=ADDRESS_WORDS)
    phone = Phone(_l("Telephone"), [Optional()], length=15, render_kw={"inputmode": "tel"})
    widths: ClassVar[dict[str, str]] = {"address_word": "mid", "phone": "mid", "username": "mid"}

    def content(self) -> dict[str, Any]:
        """What was typed, by the names of the record's columns."""
        return {name: self[name].data or "" for name in ("full_name", "title", "address_word", "phone")}


class NewAccountForm(AccountForm):
    username = Line(
        _l("User name"), [Required()], length=MOST,
        description=_l("Small letters without marks and digits, such as ly.thi.huong. It never changes."),
        render_kw={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip

    def validate_username(self, field: Line) -> None:
        if not good_username(field.data or ""):
            raise ValidationError(
                _("A user name has at least 3 small letters without marks, digits, and single . - _ between them.")
            )


class MailForm(EditForm):
    """Where somebody is told that notices wait."""

    email = Line(
        _l("Address for mails"), [Optional()], length=120,
        description=_l("Left empty, no mail is sent. A mail says how many notices wait, never what they are about."),
        render_kw={"inputmode": "email", "autocomplete": "email", "autocapitalize": "none"},
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"email": "mid"}

    def validate_email(self, field: Line) -> None:
        if field.data and not EMAIL.fullmatch(field.data):
            raise ValidationError(_("This is no address of a mailbox. It looks like huong@example.vn."))


class WhyForm(EditForm):
    """A deed that needs its reason."""

    reason = Paragraphs(_l("Reason"), [Required()], length=500)
