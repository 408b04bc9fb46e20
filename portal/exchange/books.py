"""Every book as a sheet, and the lines of its entries as one more each: from its form, with no work a book."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from portal.books import Book, PartOf
from portal.books.actions import add_line, write_down
from portal.books.models import Entry, Part
from portal.engine.access import find, holds
from portal.engine.db import db
from portal.engine.forms import BooleanField, Form, Line, Optional, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing, agreeing, names_what_comes
from portal.exchange.references import Numbered, Reference
from portal.exchange.sheet import BETWEEN, Facts, Field, Kind, Sheet, Verdict, fields_of
from portal.exchange.taking import Taking, code_of

NUMBER = _l("Number")
COMMUNE = _l("Commune")
_ITS_NUMBER = _l("Keep the number that the entry has. Where it is empty, the portal gives the next one.")
_ITS_COMMUNE = _l("Its code, where the entry is of a commune that was taken over. Empty: this commune.")
_ON_PAPER = _l("Yes where it was written in a register on paper: then nothing has to be completed within a day.")


def numbers_in(books: Sequence[Book]) -> dict[str, Reference]:
    """How cells name the entries of all books, by their tables."""
    return {str(book.record.__tablename__): Numbered(book.record, book.name) for book in books}


def sheets_of(books: Sequence[Book], known: Mapping[str, Reference]) -> list[Sheet]:
    """The sheets of all books, in an order in which what is referred to stands before."""
    by_table = {str(book.record.__tablename__): book for book in books}
    return [one for book in _referred_first(books, by_table) for one in _sheets(book, known)]


def _referred_first(books: Sequence[Book], by_table: Mapping[str, Book]) -> list[Book]:
    done: list[Book] = []

    def add(book: Book, waiting: tuple[Book, ...]) -> None:
        if book in done or book in waiting:
            return
        records = (book.record, *(part.record for part in book.parts))
        tables = [key.column.table.name for one in records for key in one.__table__.foreign_keys]
        for table in sorted(set(tables) & by_table.keys()):
            add(by_table[table], (*waiting, book))
        done.append(book)

    for book in books:
        add(book, ())
    return done


def _sheets(book: Book, known: Mapping[str, Reference]) -> Iterator[Sheet]:
    sealed = book.record.protected or any(part.record.protected for part in book.parts)
    number = Field("number", NUMBER, Kind.TEXT, _ITS_NUMBER)
    commune = Field("commune", COMMUNE, Kind.TEXT, _ITS_COMMUNE)
    paper = Field("from_paper", _l("From a register on paper"), Kind.YES_NO, _ON_PAPER, default=True)
    asked = fields_of(book.form, book.record, known)
    form = _with(book.form, number=Line(NUMBER, [Optional()], length=40), commune=Line(COMMUNE, [Optional()]),
                 from_paper=BooleanField(validators=[Optional()]))  # fmt: skip
    entries = _Entries(book, asked)
    yield Sheet(
        book.name, book.words.title, form, book.record, (number, commune, *asked, paper), entries.found, entries.told,
        entries.take, book.words.about, sealed,
    )  # fmt: skip
    for part in book.parts:
        yield _sheet_of_lines(book, part, commune, known, sealed)


def _sheet_of_lines(book: Book, part: PartOf, commune: Field, known: Mapping[str, Reference], sealed: bool) -> Sheet:
    label = book.words.one
    entry = Field("entry", label, Kind.TEXT, _l("The number of the entry to which the line belongs."), required=True)
    asked = fields_of(part.form, part.record, known)
    form = _with(part.form, entry=Line(label, [Required()]), commune=Line(COMMUNE, [Optional()]))
    lines = _Lines(book, part, asked)
    return Sheet(
        f"{book.name}.{part.name}", _Both(book.words.title, part.words.title), form, part.record,
        (entry, commune, *asked), lines.found, lines.told, lines.take, "", sealed,
    )  # fmt: skip


class _Both:
    """The title of a sheet of lines: that of its book, and its own."""

    def __init__(self, first: Any, second: Any) -> None:
        self.first, self.second = first, second

    def __str__(self) -> str:
        return f"{self.first}{BETWEEN}{self.second}"


def _with(form: type[Form], **more: Any) -> type[Form]:
    return type(f"{form.__name__}OfSheet", (form,), more)


class _Entries:
    """The entries of a book, as they leave the portal and as they come."""

    def __init__(self, book: Book, asked: Sequence[Field]) -> None:
        self.book, self.asked = book, asked
        self.pattern = re.compile(rf"{re.escape(book.record.prefix)}-[12][0-9]{{3}}-[0-9]{{3,9}}")

    def found(self, taking: Taking) -> Select[Any]:
        record: Any = self.book.record
        found = select(record).where(record.voided_at.is_(None), *taking.within(record))
        return found.order_by(code_of(record), record.number)

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        one = row[0]
        return {**_common(one, self.asked), "number": one.number, "commune": taking.code(one.commune_id),
                   "from_paper": one.from_paper}  # fmt: skip

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        commune_id, number = bringing.of_commune(facts), facts["number"] or ""
        kept = {one.name: facts[one.name] for one in self.asked}
        if number and not self.pattern.fullmatch(number):
            sample = f"{self.book.record.prefix}-2024-001"
            raise Refused(Misfit("number", mark("A number of this book looks like %(sample)s."), sample=sample))
        there = self._there(number, commune_id, kept, bringing)
        if there is not None:
            return agreeing(_common(there, self.asked), kept, self.asked)
        if number and not bringing.first_time(self.book.name, f"{commune_id}/{number}"):
            raise Refused(Misfit("number", mark("This number stands in the file twice.")))
        named = (number, f"{facts['commune'] or bringing.commune.code}/{number}")
        bringing.coming |= {(str(self.book.record.__tablename__), one) for one in named}
        if bringing.by is not None and not holds(bringing.by, "create", self.book.record):
            raise Refused(Misfit("number", mark("Your role does not write in this book.")))
        if bringing.writes:
            more = {"number": number} if number else {}
            on = kept.get(self.book.on.key)
            written = write_down(
                self.book.record, commune_id, kept, bringing.by, on, from_paper=bool(facts["from_paper"]), **more
            )
            bringing.claim(self.book.name, written)
        elif not names_what_comes(kept, self.asked):
            _fits(self.book.record(commune_id=commune_id, number=number, **kept))
        return Verdict.NEW

    def _there(self, number: str, commune_id: int, kept: Facts, bringing: Bringing) -> Entry | None:
        record = self.book.record
        here = select(record).where(record.commune_id == commune_id)
        if number:
            found: Entry | None = db.session.scalar(here.where(record.number == number))
            if found is not None and found.voided_at is not None:
                raise Refused(Misfit("number", mark("The entry of this number is struck out.")))
        else:
            found = bringing.unclaimed(self.book.name, here, record, kept)
        return found


class _Lines:
    """The lines of entries."""

    def __init__(self, book: Book, part: PartOf, asked: Sequence[Field]) -> None:
        self.book, self.part, self.asked = book, part, asked
        record: Any = part.record
        self.parent = getattr(record, str(record.parent))
        self.parent_id = next(iter(self.parent.property.local_columns)).name

    def found(self, taking: Taking) -> Select[Any]:
        line: Any = self.part.record
        entry: Any = aliased(self.book.record)
        return (
            select(line, entry.number, entry.commune_id)
            .join(entry, getattr(line, self.parent_id) == entry.id)
            .where(line.voided_at.is_(None), entry.voided_at.is_(None), *taking.within(line))
            .order_by(code_of(entry), entry.number, line.id)
        )

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        one, number, commune_id = row
        return {**_common(one, self.asked), "entry": number, "commune": taking.code(commune_id)}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        commune_id, number = bringing.of_commune(facts), str(facts["entry"])
        book: Any = self.book.record
        kept = {one.name: facts[one.name] for one in self.asked}
        entry = db.session.scalar(
            select(book).where(book.commune_id == commune_id, book.number == number, book.voided_at.is_(None))
        )
        if entry is None:
            if not bringing.writes and (str(book.__tablename__), number) in bringing.coming:
                return Verdict.NEW
            raise Refused(Misfit("entry", mark("There is no entry of this number.")))
        record: Any = self.part.record
        of_it = select(record).where(getattr(record, self.parent_id) == entry.id, record.voided_at.is_(None))
        key = f"{self.book.name}.{self.part.name}"
        if bringing.unclaimed(key, of_it, record, kept) is not None:
            return Verdict.THERE
        if bringing.by is not None and find(bringing.by, "edit", book, entry.id) is None:
            raise Refused(Misfit("entry", mark("Your role does not change this entry.")))
        if bringing.writes:
            bringing.claim(key, add_line(self.part.record, entry, kept, bringing.by))
        return Verdict.NEW


def _common(record: Any, asked: Sequence[Field]) -> dict[str, Any]:
    return {one.name: getattr(record, one.name, None) for one in asked}


def _fits(record: Entry | Part) -> None:
    """Ask what does not fit together while nothing is written."""
    with db.session.no_autoflush:
        if against := list(record.misfits):
            raise Refused(*against)
