"""One answer of a form, in words."""

from typing import Any

from flask_babel import format_decimal

from portal.books.forms import Amount, amount_in_words
from portal.engine.forms import Number, Several, Year, in_words


def said(field: Any, value: Any) -> str:
    """A kept value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(field, Amount):
        return amount_in_words(value)
    if isinstance(field, Several):
        return in_words(field, [one for one in str(value).split(",") if one])
    if isinstance(field, Number) and not isinstance(field, Year):
        return str(format_decimal(value))
    return in_words(field, value)
