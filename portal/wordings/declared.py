"""The kinds of papers that rooms declare."""

from collections.abc import Mapping

from flask import current_app

from portal.wordings.blocks import Texts, Wording


def wordings() -> Mapping[str, Wording]:
    """By the keys of their texts, in the order of the rooms."""
    return {one.texts.key: one for area in current_app.extensions["areas"] for one in area.wordings}


def texts_of(key: str) -> Texts | None:
    found = wordings().get(key)
    return found.texts if found else None
