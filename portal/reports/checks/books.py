"""What the checks ask of books and of days."""

from collections.abc import Iterator
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Date, Select, select

from portal.books import Book
from portal.engine.db import local_day
from portal.engine.indicators import Period


def books() -> Iterator[Book]:
    """Those of all rooms."""
    for area in current_app.extensions["areas"]:
        yield from area.books


def in_period(column: Any, period: Period) -> ColumnElement[bool]:
    """Whether a day, or the day of a moment, lies in a period."""
    day = column if isinstance(column.type, Date) else local_day(column)
    return day.between(period.first, period.last)


def of_period(record: Any, column: Any, period: Period) -> Select[Any]:
    """The records that stand and are of a day of the period."""
    here = record.commune_id.in_(period.communes), record.voided_at.is_(None), in_period(column, period)
    return select(record).where(*here)


def entries_of(book: Book, period: Period) -> Select[Any]:
    """The entries of a book that stand and are of a day of the period."""
    return of_period(book.record, book.on, period)


def is_text(column: Any) -> bool:
    return column.type.python_type is str
