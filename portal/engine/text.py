"""Words for users: marked in English, translated where they are shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l


def mark(text: str) -> str:
    """Mark a text for translators and leave it as it is; whoever shows it translates it (`say`)."""
    return text


def say(text: Any, **values: Any) -> str:
    """Translate a marked text, with the values named in it."""
    return str(_(str(text), **values)) if values else str(_(str(text)))


@contextmanager
def as_on_paper() -> Iterator[None]:
    """Speak Vietnamese, whoever reads: what is kept in words, and what is printed."""
    with force_locale("vi"):
        yield


@contextmanager
def in_english() -> Iterator[None]:
    """Speak the language of the sources, whoever reads: to know a word of a catalogue that was typed in it."""
    with force_locale("en"):
        yield


__all__ = ["_", "_l", "as_on_paper", "in_english", "mark", "ngettext", "say"]
