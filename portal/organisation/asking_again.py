"""The password asked for once more, where a signature is set: counted against guessing like at the sign-in."""

from portal.engine import audit
from portal.engine.forms import Password
from portal.engine.text import _, ngettext
from portal.organisation import passwords, throttle
from portal.organisation.models import User

SECONDS_OF_MINUTE = 60


def is_theirs(user: User, field: Password) -> bool:
    """Whether the typed password is the user's; else the field says why not. A wrong one is an event."""
    if wait := throttle.seconds_to_wait(user.username, user):
        minutes = -(-wait // SECONDS_OF_MINUTE)
        field.errors = [
            ngettext(
                "Too many wrong passwords. Please wait %(num)s minute.",
                "Too many wrong passwords. Please wait %(num)s minutes.",
                minutes,
            )
        ]
        return False
    if passwords.matches(field.data or "", user.password_hash):
        throttle.succeeded(user.username, user)
        return True
    throttle.failed(user.username, user)
    audit.tell("refused", user, None, wanted="sign", type="password")
    field.errors = [_("This is not your present password.")]
    return False
