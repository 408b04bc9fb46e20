"""What a page says after a deed: what happened, and where it went."""

from typing import Any

from flask import flash


def done(title: str, text: str = "", label: str = "", url: str = "") -> None:
    """Say on the next page that something is done, and link to it."""
    told: Any = {"title": title, "text": text, "label": label, "url": url}
    flash(told, "done")
