"""How a book is shown: its list, one entry in words, what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import abort, request, url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, extract, or_, select

from portal.books import queries
from portal.books.book import COMPLETE_WITHIN, Book, PartOf
from portal.books.forms import BookForm
from portal.books.models import Entry, OfPerson, missing_in
from portal.books.said import said
from portal.engine import clock
from portal.engine.access import Actor, ask_ahead, holds, reach, rights_on, within
from portal.engine.db import Kept, db
from portal.engine.forms import HiddenField
from portal.engine.listing import Chip, Listing
from portal.engine.sheets import Column
from portal.engine.text import _l
from portal.engine.workflow import State
from portal.organisation.models import Unit, line_of
from portal.organisation.queries import villages
from portal.people.models import Person

YEAR, VILLAGE = "year", "village"
STRUCK = "struck-out"  # the filter under which an entry that counts nowhere is found again
STRUCK_OUT = State(_l("Struck out"), "cancelled")
MOST_LINES = 12  # of a part, before the earlier ones are folded away


@dataclass(frozen=True)
class Filters:
    """By which year and which village a list is narrowed, from its address."""

    year: int | None
    village: Unit | None
    years: Sequence[int]
    villages: Sequence[Unit]

    @property
    def in_words(self) -> str:
        parts = (str(self.year) if self.year else "", self.village.title if self.village else "")
        return ", ".join(part for part in parts if part)


def filters(book: Book, found: Select[Any], reader: Actor) -> Filters:
    """Read the filters of the address. A mistyped one is no page: 404."""
    offered = villages(reader.acting.commune_id) if reader.acting and hasattr(book.record, "village_id") else []
    years = queries.years_of(found, book.on)
    return Filters(
        _chosen(YEAR, {str(year): year for year in years}),
        _chosen(VILLAGE, {str(one.id): one for one in offered}),
        years, offered,
    )  # fmt: skip


def _chosen(name: str, offered: Mapping[str, Any]) -> Any:
    asked = request.args.get(name, "")
    return (offered.get(asked) or abort(404)) if asked else None


def listing(book: Book, found: Select[Any], chosen: Filters) -> Listing:
    """The entries that stand, the latest first."""
    record: Any = book.record
    kept, chips = found, _chips(book, found)
    if not chips:
        kept = found.where(record.voided_at.is_(None))
    if chosen.year:
        kept = kept.where(extract("year", book.on) == chosen.year)
    if chosen.village:
        kept = kept.where(record.village_id.in_(line_of(chosen.village.id)))
    return Rows(
        kept, record, chips=chips, search=_containing(book) if record.searched else None,
        orders={"newest": (book.on.desc(), record.id.desc())}, options=book.options, protected=record.protected,
        kept=(YEAR, VILLAGE), people=book.people,
    )  # fmt: skip


def _chips(book: Book, found: Select[Any]) -> Sequence[Chip]:
    """Those of the book among what stands, and what was struck out, where something was: it counts nowhere else."""
    record: Any = book.record
    struck = db.session.scalar(select(found.where(record.voided_at.is_not(None)).order_by(None).exists()))
    if not struck and request.args.get("show") != STRUCK:
        return [_among_standing(one, record) for one in book.chips]
    standing = book.chips or (Chip("all", _l("All")),)
    out = Chip(STRUCK, _l("Struck out"), lambda: record.voided_at.is_not(None), "cancelled")
    return [*(_among_standing(one, record) for one in standing), out]


def _among_standing(chip: Chip, record: Any) -> Chip:
    def where() -> ColumnElement[bool]:
        stands: ColumnElement[bool] = record.voided_at.is_(None)
        return stands & chip.where() if chip.where else stands

    return replace(chip, where=where)


@dataclass
class Rows(Listing):
    """The list of a book. Where its entries are about people, their names are asked for all at once."""

    people: Callable[[Any], Person] | None = None

    @property
    def rows(self) -> Sequence[Any]:
        return self._named(super().rows)

    @property
    def all_rows(self) -> Sequence[Any]:
        return self._named(super().all_rows)

    def _named(self, found: Sequence[Any]) -> Sequence[Any]:
        if self.people:
            ask_ahead(current_user, [self.people(one) for one in found])
        return found


def _containing(book: Book) -> Any:
    """By the words of an entry itself, and by the names of whom it is about, as far as the reader may know those."""
    record: Any = book.record

    def search(words: str) -> ColumnElement[bool]:
        own: ColumnElement[bool] = record.folded.contains(words, autoescape=True)
        if book.beside_words:
            own = own | book.beside_words(words)
        if not issubclass(record, OfPerson):
            return own
        named = Person.folded.contains(words, autoescape=True) & within(current_user, "read_name", Person)
        return or_(own, record.person_id.in_(select(Person.id).where(named)))

    return search


@dataclass(frozen=True)
class Cell:
    """What a row says in a column, and the label that a card puts before it: none where the value begins with it."""

    value: Any
    label: str
    is_number: bool


@dataclass(frozen=True)
class Table:
    """Rows as a page shows them: the heads of the columns, and each record with its cells."""

    heads: Sequence[Mapping[str, Any]]
    rows: Sequence[tuple[Any, Sequence[Cell]]]


ALWAYS = 2  # columns that stand though no row says anything in them: what it is called, and how it stands


def table(columns: Sequence[Column], records: Sequence[Any]) -> Table:
    """The columns in which a row says something; those of numbers stand at the right."""
    told = [[column.value(one) for column in columns] for one in records]
    said_by = [[line[place] for line in told if line[place] not in (None, "")] for place in range(len(columns))]
    kept = [place for place, values in enumerate(said_by) if place < ALWAYS or values]
    numbers = {place for place in kept if said_by[place] and all(isinstance(one, int) for one in said_by[place])}
    heads = [{"label": columns[place].label, "num": place in numbers} for place in kept]
    rows = [
        (one, [_cell(columns[place], line[place], place in numbers) for place in kept])
        for one, line in zip(records, told, strict=True)
    ]
    return Table(heads, rows)


@dataclass(frozen=True)
class Row:
    """An entry in its list: what it is called, how it stands with what is said *beside* that, and all else."""

    entry: Any
    called: Any
    beside: Cell
    standing: State | None
    others: Sequence[Cell]


def rows(book: Book, shown: Table) -> list[Row]:
    """The rows of a list. What the second column says is left out where the state says the same."""
    return [_row(one, cells, STRUCK_OUT if one.voided_at else book.standing(one)) for one, cells in shown.rows]


def _row(entry: Any, cells: Sequence[Cell], standing: State | None) -> Row:
    name, beside, *others = cells
    repeats = standing is not None and str(beside.value) == str(standing.label)
    beside = Cell("" if repeats else beside.value, beside.label if beside.is_number else "", beside.is_number)
    return Row(entry, name.value, beside, standing, others)


def _cell(column: Column, value: Any, is_number: bool) -> Cell:
    label = str(column.label)
    empty = value in (None, "") or str(value).startswith(f"{label} ")
    return Cell(value, "" if empty else label, is_number)


@dataclass(frozen=True)
class Said:
    """One answer of a form, in words."""

    label: str
    value: str
    long: bool


def answers(form: BookForm, record: Kept) -> list[Said]:
    """What is written in a record, by the labels of its form, without what is empty."""
    apart = {"anyway", *getattr(record, "beside", ())}  # who it is about stands in the title
    shown = (field for field in form if not isinstance(field, HiddenField) and field.name not in apart)
    pairs = ((field, _answer(field, getattr(record, field.name, None))) for field in shown)
    return [Said(str(field.label.text), words, len(words) > 60) for field, words in pairs if words not in ("", "–")]


def _answer(field: Any, value: Any) -> str:
    """Yes and no stand alone here, so they begin large."""
    return said(field, value).capitalize() if isinstance(value, bool) else said(field, value)


@dataclass(frozen=True)
class Missing:
    """What an entry lacks that has to be there, and until when."""

    labels: Sequence[str]
    due_at: datetime
    late: bool


def missing(book: Book, entry: Entry, form: BookForm) -> Missing | None:
    names = missing_in(entry, book.needed) if entry.voided_at is None and not entry.from_paper else []
    if not names:
        return None
    due_at = entry.created_at + COMPLETE_WITHIN
    return Missing([_label(book, form, name) for name in names], due_at, clock.now() > due_at)


def _label(book: Book, form: BookForm, name: str) -> str:
    part = next((one for one in book.parts if one.attribute == name), None)
    return str(part.words.title if part else form[name].label.text)


@dataclass(frozen=True)
class Lines:
    """The lines of a part as a table: those that stand, with where each is mended. Of many the latest stand first,
    and *earlier* ones are folded away."""

    part: PartOf
    heads: Sequence[Mapping[str, Any]]
    rows: Sequence[tuple[Any, Sequence[Cell]]]
    earlier: Sequence[tuple[Any, Sequence[Cell]]]
    mends: Mapping[int, str]
    add_url: str


def lines(book: Book, entry: Entry, reader: Actor, may_add: bool) -> list[Lines]:
    """The parts of an entry that the reader may read."""
    readable = (part for part in book.parts if holds(reader, "read", part.record))
    return [_lines(book, part, entry, reader, may_add) for part in readable]


def _lines(book: Book, part: PartOf, entry: Entry, reader: Actor, may_add: bool) -> Lines:
    record: Any = part.record
    of_entry = getattr(record, f"{record.parent}_id") == entry.id
    found = reach(reader, "read", record).where(of_entry, record.voided_at.is_(None)).order_by(record.id)
    kept = db.session.scalars(found.options(*part.options)).all()
    mended = rights_on(reader, record, {one.id for one in kept}, ("edit",))
    told = table(part.columns, kept)
    latest = list(reversed(told.rows)) if len(kept) > MOST_LINES else told.rows
    page = f"{book.name}.edit_{part.name}"
    return Lines(
        part, told.heads, latest[:MOST_LINES], latest[MOST_LINES:],
        {one.id: url_for(page, id=one.id) for one in kept if mended.get(one.id) and not one.against_mending},
        url_for(f"{book.name}.new_{part.name}", id=entry.id) if may_add else "",
    )  # fmt: skip
