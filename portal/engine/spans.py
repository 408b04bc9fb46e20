"""Times that end with the first day on which something is no more; without an end they go on."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_


def goes_on(end: date | None, day: date) -> bool:
    """Whether what ends so is still there on a day."""
    return end is None or day < end


def going_on(end: Any, day: date) -> ColumnElement[bool]:
    """The same as a condition of a query, by the column of the end."""
    return or_(end.is_(None), end > day)
