"""What stands in the books: entries that are perhaps the same, and villages of which nothing came."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func

from portal.books import Book
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.households.models import Pledge
from portal.incidents.models import Observation
from portal.reports import figures, queries
from portal.reports.checks.books import books, entries_of
from portal.reports.checks.finding import MOST_RECORDS, Check, Finding, Weight, at_once
from portal.reports.checks.records import is_empty, of_period
from portal.reports.models import Report
from portal.reports.wording.told import Figures

MOST_GROUPS = 20  # of entries alike, a book


# ── perhaps the same ────────────────────────────────────────────────────────────────────────────────────────────────
def doubles(report: Report, _told: Figures) -> Iterator[Finding]:
    """Entries that agree in all the fields by which their book asks whether two are one."""
    period = figures.period_of(report)
    for book in (one for one in books() if one.twice):
        for ids in _alike(book, period):
            text = mark("%(book)s: %(count)s entries are perhaps the same.")
            records = [(book.record, one) for one in ids[:MOST_RECORDS]]
            yield Finding(Plain(text, book=book.words.title, count=len(ids)), (book.name, *ids), records=records)


def _alike(book: Book, period: Period) -> Iterator[list[int]]:
    columns = [getattr(book.record, name) for name in book.twice]
    entries = entries_of(book, period).where(*(~is_empty(one) for one in columns))
    several = entries.with_only_columns(*columns).group_by(*columns).having(func.count() > 1).order_by(*columns)
    for values in db.session.execute(several.limit(MOST_GROUPS)):
        same = [column == value for column, value in zip(columns, values, strict=True)]
        yield list(db.session.scalars(entries.where(*same).with_only_columns(book.record.id).order_by(book.record.id)))


# ── villages ────────────────────────────────────────────────────────────────────────────────────────────────────────
def silent_villages(report: Report, _told: Figures) -> Iterator[Finding]:
    """Villages of which nothing was written down in the period: no entry of a book, no observation, no pledge."""
    period = figures.period_of(report)
    spoke = {village for found in _told_of(period) for village in db.session.scalars(found)}
    silent = [village for village in queries.villages_on(period) if village.id not in spoke]
    if silent:
        text = mark("Nothing was written down in the period of: %(villages)s.")
        names = ", ".join(village.title for village in silent)
        yield Finding(Plain(text, villages=names), [village.id for village in silent])


def _told_of(period: Period) -> Iterator[Select[Any]]:
    """Selects of the villages of which there is a record."""
    for record, day in _of_villages():
        of_village = of_period(record, day, period).where(record.village_id.is_not(None))
        yield of_village.with_only_columns(record.village_id).distinct()


def _of_villages() -> Sequence[tuple[Any, Any]]:
    of_books = [(book.record, book.on) for book in books() if hasattr(book.record, "village_id")]
    return [(Pledge, Pledge.signed_on), (Observation, Observation.happened_on), *of_books]


DOUBLES = Check(
    "doubles", _l("No entry twice"), _l("Strike one of them out, or say why they are two."), Weight.DOUBT,
    at_once(doubles),
)  # fmt: skip
SILENT_VILLAGES = Check(
    "silent-villages", _l("Every village is heard"),
    _l("Ask the head of the village whether nothing happened, and say so."), Weight.DOUBT, at_once(silent_villages),
)  # fmt: skip
