"""Sentences of figures. A change is told in words and ink: direction, not judgement."""

from flask_babel import format_decimal

from portal.engine.indicators import Figure
from portal.engine.text import _


def direction(figure: Figure) -> str:
    """The shape that stands before the words."""
    if not figure.change:
        return "same"
    return "up" if figure.change > 0 else "down"


def comparison(figure: Figure) -> str:
    """Against the same period of the year before, with its number."""
    if figure.change is None:
        return ""
    by, before = format_decimal(abs(figure.change)), format_decimal(figure.previous_value)
    if figure.change == 0:
        return _("As a year before (%(before)s)", before=before)
    if figure.change > 0:
        return _("Up %(by)s, a year before %(before)s", by=by, before=before)
    return _("Down %(by)s, a year before %(before)s", by=by, before=before)


def change(figure: Figure) -> str:
    """The same in a table, where the number of the year before stands beside it."""
    if figure.change is None:
        return ""
    if figure.change == 0:
        return _("No change")
    by = format_decimal(abs(figure.change))
    return _("Up %(by)s", by=by) if figure.change > 0 else _("Down %(by)s", by=by)
