"""Sentences of figures. A change is told in words and ink: direction, not judgement."""

from typing import Any, Protocol

from flask_babel import format_decimal

from portal.engine.text import _


class Compared(Protocol):
    """A figure with that of the year before, whether it is counted now or was frozen."""

    @property
    def previous_value(self) -> Any: ...
    @property
    def change(self) -> Any: ...


def direction(figure: Compared) -> str:
    """The shape that stands before the words."""
    if not figure.change:
        return "same"
    return "up" if figure.change > 0 else "down"


def comparison(figure: Compared) -> str:
    """Against the same period of the year before, with its number."""
    if figure.change is None:
        return ""
    by, before = format_decimal(abs(figure.change)), format_decimal(figure.previous_value)
    if figure.change == 0:
        return _("As a year before (%(before)s)", before=before)
    if figure.change > 0:
        return _("Up %(by)s, a year before %(before)s", by=by, before=before)
    return _("Down %(by)s, a year before %(before)s", by=by, before=before)


def change(figure: Compared) -> str:
    """The same in a table, where the number of the year before stands beside it."""
    if figure.change is None:
        return ""
    if figure.change == 0:
        return _("No change")
    by = format_decimal(abs(figure.change))
    return _("Up %(by)s", by=by) if figure.change > 0 else _("Down %(by)s", by=by)
