"""Words for users: marked in English, translated where they are shown."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext


def mark(text: str) -> str:
    """Mark a text for translators and leave it as it is; whoever shows it translates it (`say`)."""
    return text


def say(text: Any, **values: Any) -> str:
    """Translate a marked text, with the values named in it."""
    return str(_(str(text), **values)) if values else str(_(str(text)))


__all__ = ["_", "_l", "mark", "ngettext", "say"]
