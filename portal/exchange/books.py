"""Every book as a sheet, and the lines of its entries as one more each: from its form, with no work a book."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from flask_babel.speaklater import LazyString
from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import aliased

from portal.books import Book, PartOf
from portal.books.actions import add_line, mend, write_down
from portal.books.models import Entry
from portal.engine.access import find, holds
from portal.engine.db import Kept, Sealed, db
from portal.engine.forms import BooleanField, Form, Line, Optional, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.engine.vietnamese import fold
from portal.engine.workflow import Workflow
from portal.exchange.bringing import Bringing, agreeing, still_to_come, told_by
from portal.exchange.kinds import standing as states
from portal.exchange.kinds.rows import BY_COMMAND, COMMUNE_FIELD, OfCommune
from portal.exchange.references import STILL_TO_COME, Reference
from portal.exchange.sheet import Both, Facts, Field, Kind, Sheet, Verdict, fields_of
from portal.exchange.taking import Taking, code_of
from portal.people.models import Person

NUMBER = _l("Number")
_ITS_NUMBER = _l("Keep the number that the entry has. Where it is empty, the portal gives the next one.")
_AT_FIRST = _l("It may be empty where the entry is not from paper: then it is still to be completed.")
_ON_PAPER = _l("Yes where it was written in a register on paper: then nothing has to be completed within a day.")


def sheets_of(books: Sequence[Book], known: Mapping[str, Reference]) -> list[Sheet]:
    """The sheets of all books, that of a book before those of its lines."""
    return [sheet for book in books for sheet in _sheets(book, known)]


def _sheets(book: Book, known: Mapping[str, Reference]) -> Iterator[Sheet]:
    sealed = book.record.protected or any(part.record.protected for part in book.parts)
    number = Field("number", NUMBER, Kind.TEXT, _ITS_NUMBER)
    paper = Field("from_paper", _l("From a register on paper"), Kind.YES_NO, _ON_PAPER, default=True)
    asked = _leaving(fields_of(book.form, book.record, known), book.record)
    asked = tuple(_empty_at_first(one) if one.required and one.name in book.needed else one for one in asked)
    entries = _Entries(book, asked)
    of_state = states.fields_of_state(entries.workflow, known, default=False) if entries.workflow else ()
    answers = states.answers_about_state(entries.workflow) if entries.workflow else {}
    form = _with(book.form, _OfEntry, number=Line(NUMBER, [Optional()], length=40), needed=book.needed, **answers)
    yield Sheet(
        book.name, book.words.title, form, book.record, (number, COMMUNE_FIELD, *asked, *of_state, paper),
        entries.found, entries.told, entries.take, book.words.about, sealed,
    )  # fmt: skip
    for part in book.parts:
        yield _sheet_of_lines(book, part, known, sealed)


def _sheet_of_lines(book: Book, part: PartOf, known: Mapping[str, Reference], sealed: bool) -> Sheet:
    label = book.words.one
    entry = Field("entry", label, Kind.TEXT, _l("The number of the entry to which the line belongs."), required=True)
    asked = _leaving(fields_of(part.form, part.record, known), part.record)
    form = _with(part.form, OfCommune, entry=Line(label, [Required()]))
    lines = _Lines(book, part, asked)
    return Sheet(
        f"{book.name}.{part.name}", Both(book.words.title, part.words.title), form, part.record,
        (entry, COMMUNE_FIELD, *asked), lines.found, lines.told, lines.take, "", sealed,
    )  # fmt: skip


def _leaving(fields: Sequence[Field], record: type[Kept]) -> tuple[Field, ...]:
    """All but what an entry keeps encrypted, as who gave a tip: it leaves in no file."""
    columns = inspect(record).columns
    return tuple(one for one in fields if one.name not in columns or not isinstance(columns[one.name].type, Sealed))


class _OfEntry(OfCommune):
    """What a row says of an entry besides. One that is not from paper may lack what its book needs within a day."""

    needed: ClassVar[Sequence[str]]
    from_paper = BooleanField(validators=[Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        if not self.from_paper.data:
            for field in (one for one in self if one.name in self.needed):
                field.validators = [one for one in field.validators if not isinstance(one, Required)]
        return super().validate(extra_validators)


def _with(form: type[Form], besides: type[Form], **more: Any) -> type[Form]:
    return type(f"{form.__name__}OfSheet", (form, besides), more)


def _empty_at_first(field: Field) -> Field:
    return replace(field, help=LazyString(lambda: " ".join((str(field.help or ""), str(_AT_FIRST))).strip()))


class _Entries:
    """The entries of a book, as they leave the portal and as they come."""

    def __init__(self, book: Book, asked: Sequence[Field]) -> None:
        self.book, self.asked, self.names = book, asked, [one.name for one in asked]
        self.pattern = re.compile(rf"{re.escape(book.record.prefix)}-[12][0-9]{{3}}-[0-9]{{3,9}}")
        self.made_here = _made_here(book)
        self.workflow: Workflow | None = getattr(book.record, "workflow", None)

    def found(self, taking: Taking) -> Select[Any]:
        record: Any = self.book.record
        found = select(record).where(record.voided_at.is_(None), *taking.within(record))
        if self.workflow:
            found = states.with_steps(found, record)
        return found.order_by(code_of(record), record.number, record.id)

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        one, *step = row
        of_state = states.told_of(one, *step) if self.workflow else {}
        return {**told_by(one, self.names), "number": one.number, "commune": taking.code(one.commune_id),
                   **of_state, "from_paper": one.from_paper}  # fmt: skip

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        commune_id, number = bringing.of_commune(facts), facts["number"] or ""
        kept = {name: facts[name] for name in self.names}
        if kept.get("person_id", "") is None:  # nobody said whether it is somebody who is there
            del kept["person_id"]
        if number and not self.pattern.fullmatch(number):
            sample = f"{self.book.record.prefix}-2024-001"
            raise Refused(Misfit("number", mark("A number of this book looks like %(sample)s."), sample=sample))
        there = self._there(number, commune_id, kept, bringing)
        if there is not None:
            said = {**kept, **({"state": facts["state"]} if facts.get("state") else {})}
            return agreeing(told_by(there, said), said)
        _is_that_person(kept)
        if number:
            bringing.number_once(self.book.name, facts)
            bringing.expect(self.book.record, facts)
        if bringing.by is not None and not holds(bringing.by, "create", self.book.record):
            raise Refused(Misfit("number", mark("Your role does not write in this book.")))
        if bringing.writes:
            more = {"number": number} if number else {}
            written = write_down(
                self.book.record, commune_id, kept, bringing.by, from_paper=bool(facts["from_paper"]), **more
            )
            bringing.claim(self.book.name, written)
            bringing.claim(self.made_here, written)
            self._stand(written, facts, bringing)
        elif fits := self._fits(commune_id, number, kept):
            self._stand(fits, facts, bringing)
        return Verdict.NEW

    def _stand(self, entry: Any, facts: Facts, bringing: Bringing) -> None:
        """What an entry becomes by itself, as by its day, may be said by anybody; anything else came by somebody."""
        told = [name for name in states.NAMES[1:] if facts.get(name)]
        if not facts.get("state") or (entry.state == facts["state"] and not told):
            return
        if bringing.by is not None:
            raise Refused(Misfit("state", BY_COMMAND))
        if bringing.writes:
            states.stand(entry, facts)

    def _fits(self, commune_id: int, number: str, kept: Facts) -> Entry | None:
        """Ask what does not fit together while nothing is written; what rests on other records to come later."""
        coming = still_to_come(kept, self.asked)
        if commune_id == STILL_TO_COME or set(coming) - {"person_id"}:
            return None
        known = {name: None if name in coming else value for name, value in kept.items()}
        with db.session.no_autoflush:
            made = self.book.record(commune_id=commune_id, number=number, **known)
            if against := list(made.misfits):
                raise Refused(*against)
        return made

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
        self.book, self.part, self.names = book, part, [one.name for one in asked]
        record: Any = part.record
        self.parent = getattr(record, str(record.parent))
        self.parent_id = next(iter(self.parent.property.local_columns)).name
        texts = [one.name for one in asked if one.required and one.kind == Kind.TEXT]
        self.named_by = next(iter(texts), None)
        self.filled_in = [getattr(record, name) != "" for name in texts]  # others came by themselves, and do so again

    def found(self, taking: Taking) -> Select[Any]:
        line: Any = self.part.record
        entry: Any = aliased(self.book.record)
        return (
            select(line, entry.number, entry.commune_id)
            .join(entry, getattr(line, self.parent_id) == entry.id)
            .where(line.voided_at.is_(None), entry.voided_at.is_(None), *self.filled_in, *taking.within(line))
            .order_by(code_of(entry), entry.number, line.id)
        )

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        one, number, commune_id = row
        return {**told_by(one, self.names), "entry": number, "commune": taking.code(commune_id)}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        commune_id, number = bringing.of_commune(facts), str(facts["entry"])
        book: Any = self.book.record
        kept = {name: facts[name] for name in self.names}
        entry = db.session.scalar(
            select(book).where(book.commune_id == commune_id, book.number == number, book.voided_at.is_(None))
        )
        if entry is None:
            if bringing.is_coming(book, facts, "entry"):
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
            by_itself = self._came_by_itself(key, of_it, entry, kept, bringing)
            line = mend(by_itself, kept, bringing.by) if by_itself else add_line(record, entry, kept, bringing.by)
            bringing.claim(key, line)
        return Verdict.NEW

    def _came_by_itself(self, key: str, of_it: Select[Any], entry: Entry, kept: Facts, bringing: Bringing) -> Any:
        """A line that came with an entry which the same file brought, and that a row fills in or says otherwise."""
        if not self.named_by or (_made_here(self.book), entry.id) not in bringing.claimed:
            return None
        record: Any = self.part.record
        named = getattr(record, self.named_by)
        lines = db.session.scalars(of_it.where(named.in_((kept[self.named_by], ""))).order_by(named.desc(), record.id))
        return next((one for one in lines if not bringing.is_claimed(key, one)), None)


def _made_here(book: Book) -> str:
    """Under which key an import keeps in mind the entries that it wrote itself."""
    return f"{book.name}, made here"


def _is_that_person(kept: Facts) -> None:
    """Of somebody who is there already an entry says the same name, or it means somebody else."""
    person = db.session.get(Person, kept["person_id"]) if kept.get("person_id") and "full_name" in kept else None
    if person is not None and person.folded != fold(kept["full_name"]):
        raise Refused(Misfit("full_name", mark("Under this number the sheet of people has another name.")))
