"""What the checks ask of the books of all rooms."""

from collections.abc import Iterator
from typing import Any

from flask import current_app
from sqlalchemy import Select

from portal.books import Book
from portal.engine.indicators import Period
from portal.reports.checks.records import of_period


def books() -> Iterator[Book]:
    """Those of all rooms."""
    for area in current_app.extensions["areas"]:
        yield from area.books


def entries_of(book: Book, period: Period) -> Select[Any]:
    """The entries of a book that stand and are of a day of the period."""
    return of_period(book.record, book.on, period)
