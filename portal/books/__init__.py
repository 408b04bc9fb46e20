"""Books: kinds of entries that are written down, mended, struck out, looked up and taken along alike.

A room declares a `Book`: its record, its form and its words. Pages, list, search, history, the quick first entry with
its duty to complete it, and the sheet of the workbook follow.
"""

from portal.books.book import Book, Later, PartOf, Words, village_of
from portal.books.completing import source_of
from portal.books.forms import Amount, BookForm, Offered, OfferedLine, OfPersonForm, villages_offered
from portal.books.models import Entry, OfPerson, Part
from portal.books.views import pages
from portal.engine.sheets import Column

__all__ = [
    "Amount", "Book", "BookForm", "Column", "Entry", "Later", "OfPerson", "OfPersonForm", "Offered", "OfferedLine",
    "Part", "PartOf", "Words", "pages", "source_of", "village_of", "villages_offered",
]  # fmt: skip
