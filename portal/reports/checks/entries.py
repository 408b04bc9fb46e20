"""What stands in the books: entries that are perhaps the same, what is not complete, villages of which nothing came."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Date, Select, and_, func, or_, select

from portal.books import Book
from portal.books.models import missing_in
from portal.cases.models import CASE_TYPE_NAMES, Case
from portal.engine.db import db, local_day
from portal.engine.indicators import Period
from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.households.models import Pledge
from portal.incidents.models import Observation
from portal.meetings.models import Meeting
from portal.patrols.models import Patrol
from portal.reports import figures, queries
from portal.reports.checks.finding import MOST_RECORDS, Check, Finding, Weight
from portal.reports.models import Report
from portal.reports.wording.told import Figures

MOST_GROUPS = 20  # of entries alike, a book


def _books() -> Iterator[Book]:
    for area in current_app.extensions["areas"]:
        yield from area.books


def _in_period(column: Any, period: Period) -> ColumnElement[bool]:
    day = column if isinstance(column.type, Date) else local_day(column)
    return day.between(period.first, period.last)


def _entries(book: Book, period: Period) -> Select[Any]:
    """The entries of a book that stand and are of a day of the period."""
    record = book.record
    here = record.commune_id.in_(period.communes), record.voided_at.is_(None), _in_period(book.on, period)
    return select(record).where(*here)


# ── perhaps the same ────────────────────────────────────────────────────────────────────────────────────────────────
def doubles(report: Report, _told: Figures) -> Iterator[Finding]:
    """Entries that agree in all the fields by which their book asks whether two are one."""
    period = figures.period_of(report)
    for book in (one for one in _books() if one.twice):
        for ids in _alike(book, period):
            text = mark("%(book)s: %(count)s entries are perhaps the same.")
            records = [(book.record, one) for one in ids[:MOST_RECORDS]]
            yield Finding(Plain(text, book=book.words.title, count=len(ids)), (book.name, *ids), records=records)


def _alike(book: Book, period: Period) -> Iterator[list[int]]:
    columns = [getattr(book.record, name) for name in book.twice]
    filled = [and_(one.is_not(None), one != "") if _is_text(one) else one.is_not(None) for one in columns]
    entries = _entries(book, period).where(*filled)
    several = entries.with_only_columns(*columns).group_by(*columns).having(func.count() > 1).order_by(*columns)
    for values in db.session.execute(several.limit(MOST_GROUPS)):
        same = [column == value for column, value in zip(columns, values, strict=True)]
        yield list(db.session.scalars(entries.where(*same).with_only_columns(book.record.id).order_by(book.record.id)))


def _is_text(column: Any) -> bool:
    return column.type.python_type is str


# ── left open ───────────────────────────────────────────────────────────────────────────────────────────────────────
def left_open(report: Report, _told: Figures) -> Iterator[Finding]:
    """Drafts, and entries that nobody completed: they count nowhere, or not with all that they should."""
    period = figures.period_of(report)
    for book in (one for one in _books() if one.needed):
        text = mark("%(book)s: %(count)s entries of the period are not complete.")
        yield from _left(book.record, _incomplete(book, period), text, book=book.words.title)
    waiting = Case.state.in_(("draft", "submitted")), Case.voided_at.is_(None), Case.commune_id.in_(period.communes)
    for of_type, name in CASE_TYPE_NAMES.items():
        drafts = select(Case).where(*waiting, Case.type == of_type, Case.received_on <= period.last)
        yield from _left(Case, _ids(Case, drafts), mark("%(type)s: %(count)s files wait to be opened."), type=name)
    patrols = select(Patrol).where(
        Patrol.state.in_(("planned", "under_way")), Patrol.voided_at.is_(None),
        Patrol.commune_id.in_(period.communes), _in_period(Patrol.planned_start_at, period),
    )  # fmt: skip
    yield from _left(Patrol, _ids(Patrol, patrols), mark("Patrols: %(count)s of the period have no log."))
    meetings = select(Meeting).where(
        Meeting.state.in_(("held", "minutes_drafted")), Meeting.voided_at.is_(None),
        Meeting.commune_id.in_(period.communes), _in_period(Meeting.held_on, period),
    )  # fmt: skip
    yield from _left(Meeting, _ids(Meeting, meetings), mark("Meetings: the minutes of %(count)s are not approved."))


def _incomplete(book: Book, period: Period) -> list[int]:
    """What a book needs is spared to some entries, as an offence to an accident: each says so itself."""
    lacks = or_(*(_is_missing(book.record, name) for name in book.needed))
    entries = db.session.scalars(_entries(book, period).where(lacks).order_by(book.record.id))
    return [one.id for one in entries if missing_in(one, book.needed)]


def _is_missing(record: Any, name: str) -> ColumnElement[bool]:
    """As `books.models.missing_in` asks of one entry."""
    attribute = getattr(record, name)
    if hasattr(attribute, "property") and hasattr(attribute.property, "mapper"):
        lines = attribute.property.mapper.class_
        return ~attribute.any(lines.voided_at.is_(None))  # type: ignore[no-any-return]
    return or_(attribute.is_(None), attribute == "") if _is_text(attribute) else attribute.is_(None)


def _ids(kind: type[Any], found: Select[Any]) -> list[int]:
    return list(db.session.scalars(found.with_only_columns(kind.id).order_by(kind.id)))


def _left(kind: type[Any], ids: Sequence[int], text: str, **named: Any) -> Iterator[Finding]:
    if ids:
        records = [(kind, one) for one in ids[:MOST_RECORDS]]
        yield Finding(Plain(text, count=len(ids), **named), (kind.__tablename__, *ids), records=records)


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
        here = record.commune_id.in_(period.communes), record.voided_at.is_(None), _in_period(day, period)
        yield select(record.village_id).where(*here, record.village_id.is_not(None)).distinct()


def _of_villages() -> Sequence[tuple[Any, Any]]:
    books = [(book.record, book.on) for book in _books() if hasattr(book.record, "village_id")]
    return [(Pledge, Pledge.signed_on), (Observation, Observation.happened_on), *books]


DOUBLES = Check(
    "doubles", _l("No entry twice"), _l("Strike one of them out, or say why they are two."), Weight.DOUBT, doubles
)  # fmt: skip
LEFT_OPEN = Check(
    "left-open", _l("Nothing left open"), _l("Complete it, or say why the report goes without it."), Weight.DOUBT,
    left_open,
)  # fmt: skip
SILENT_VILLAGES = Check(
    "silent-villages", _l("Every village is heard"),
    _l("Ask the head of the village whether nothing happened, and say so."), Weight.DOUBT, silent_villages,
)  # fmt: skip
