"""An old register is typed row by row, as into a sheet: each row is one entry, by the fields of the book's form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from flask_login import current_user
from werkzeug.datastructures import MultiDict

from portal.books import queries
from portal.books.actions import RowsRefused
from portal.books.book import Book
from portal.books.forms import BookForm, Offered, OfPersonForm, SamePerson
from portal.books.models import Entry
from portal.books.values import facts_of
from portal.engine.access import ask_ahead
from portal.engine.forms import BooleanField, Cards, Choice, Day, Form, HiddenField, Several
from portal.engine.forms.form import Wrong
from portal.engine.intake import asked_for
from portal.engine.presentation import told_with_source
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.vietnamese import fold
from portal.people.queries import namesakes_of

AT_ONCE, MOST = 10, 40  # rows of an empty page, and of any: a form holds a thousand answers at most
COLUMNS = 6  # of a row; what is asked besides lies under it, unless more than these are required
DITTO = ('"', "''", "”", "″")  # in a column of days: as in the row above
NOT_IN_A_CELL = ("anyway", "person_id")  # asked under the row, where something is in doubt
Facts = Mapping[str, Any]
Offers = dict[Any, list[tuple[str, Any]]]


class Row:
    """One row: its form, and entries that it perhaps repeats, of the book or of the rows above it."""

    def __init__(self, book: Book, number: int, answers: MultiDict[str, str] | None, offers: Offers) -> None:
        self.book, self.number, self.is_empty = book, number, answers is None
        self.form: BookForm = book.form(formdata=answers, prefix=prefix_of(number), meta={"csrf": False})
        self.form.of_register = True
        for field in self.form:
            if isinstance(field, Offered):
                field.offer = _once(field.offer, offers)
        self.same: Sequence[Entry] = ()
        self.as_row = 0  # the number of a row above that says the same

    def fill(self) -> "Row":
        """Fill its lists, once it is known who has the name that was typed."""
        self.form.fill_lists()
        if self.is_empty:
            _as_on_paper(self.form)
        return self

    @property
    def id(self) -> str:
        return f"{prefix_of(self.number)}entry"

    @property
    def is_doubtful(self) -> bool:
        return bool(self.same or self.as_row)

    @property
    def is_typed(self) -> bool:
        return any(_is_typed(one) for one in self.form if one.short_name not in NOT_IN_A_CELL)

    @staticmethod
    def has_more(fields: Iterable[Any]) -> bool:
        """Whether somebody answered one of the fields that are no column."""
        return any(_is_typed(one) for one in fields)

    @property
    def person(self) -> Any:
        """Which of the people of this name it is, where that is to be chosen."""
        asked = "person_id" in self.form and "full_name" in self.form
        return self.form["person_id"] if asked and isinstance(self.form["person_id"], Cards) else None

    def facts(self) -> Facts:
        return facts_of(self.form, self.book.record)

    def in_full(self) -> Facts:
        """The answers with what follows from them."""
        facts = self.facts()
        return {**facts, **self.book.follows(facts)}

    def place(self, refused: Refused) -> None:
        """Show what a deed said of this row: at its cell, or over the row."""
        for reason in refused.reasons:
            if self.form.place(Refused(reason)) is not None:
                self.form.form_errors.append(told_with_source(reason))

    @property
    def about_row(self) -> int:
        """The number of the row above whose new person this one is about too; 0 where it is about none of them."""
        person = self.person
        return (person.row or 0) if person else 0

    def doubt(self, same: Sequence[Entry], earlier: dict[Any, int]) -> None:
        """Hear what says the same, in the book and among the rows above, until somebody says that theirs is another."""
        key = self._told_apart_by(self.in_full())
        if not self.form.anyway.data:
            self.same, self.as_row = same, earlier.get(key, 0)
        if key:
            earlier.setdefault(key, self.number)

    def _told_apart_by(self, facts: Facts) -> tuple[str, ...]:
        """In what two rows agree that are perhaps one; nothing where something of it is missing."""
        if "person_id" in self.book.twice:  # somebody new has no number yet, but may stand in several rows
            facts = {**facts, "person_id": facts.get("person_id") or f"row {self.about_row or self.number}"}
        values = [facts.get(name) for name in self.book.twice]
        return () if any(one in (None, "") for one in values) else tuple(fold(str(one)) for one in values)

    @property
    def wrong(self) -> Wrong | None:
        """All that is to be mended in this row, in one line that leads to the first of it."""
        found = self.form.to_mend
        if not found and not self.is_doubtful:
            return None
        told = [_in_one_line(one) for one in found]
        if self.is_doubtful:
            told.append(_("Perhaps this is written down already."))
        first = next((one.id for one in found if one.id), self.id)
        return Wrong(first, _("Row %(number)s", number=self.number), " ".join(told))


class GridForm(Form):
    """The rows of a page. Rows in which nothing was typed are none."""

    PREFIXES = ("row",)
    book: Book
    rows: list[Row]
    offers: Offers
    blank: BookForm

    @classmethod
    def of(cls, book: Book) -> "GridForm":
        """The rows that were sent, or empty ones: as many as the address asks for, `?rows=20`."""
        form = cls()
        form.book, form.blank = book, book.form(formdata=None, meta={"csrf": False})
        form._read()
        return form

    def _read(self) -> None:
        self.offers = {}
        answers, count = None, min(MOST, max(AT_ONCE, asked_for("rows") or 0))
        if self.is_submitted():
            answers, count = _with_dittos(self.blank, self.answers), _sent_rows(self.answers)
        self.rows = [Row(self.book, number, answers, self.offers) for number in range(1, count + 1)]
        _find_namesakes(self.rows)
        for row in self.rows:
            row.fill()

    def read_again(self) -> None:
        """Read the rows once more within the deed, and ask about what somebody wrote meanwhile as about all else.

        Raises RowsRefused where something is to be mended or said first.
        """
        self._read()
        if not self.validate():
            raise RowsRefused({})

    def add_rows(self) -> None:
        """Put empty rows under those that are there, as many as a page holds."""
        first = len(self.rows) + 1
        last = min(MOST, len(self.rows) + AT_ONCE)
        self.rows += [Row(self.book, number, None, self.offers).fill() for number in range(first, last + 1)]

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= MOST

    @property
    def typed(self) -> list[Row]:
        return [row for row in self.rows if row.is_typed]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if not self.typed:
            self.rows[0].form[self.heads[0].short_name].errors = [_("Nothing is typed yet.")]
            return False
        fitting = [row for row in self.typed if row.form.validate()]
        told = {row.number: row.in_full() for row in fitting}
        here = current_user.acting.commune_id
        same = queries.perhaps_the_same(current_user, self.book.record, here, self.book.twice, told)
        earlier: dict[Any, int] = {}
        for row in fitting:
            row.doubt(same.get(row.number, ()), earlier)
        return valid and len(fitting) == len(self.typed) and not any(row.is_doubtful for row in fitting)

    @property
    def errors(self) -> dict[Any, Any]:
        return {**super().errors, **{row.id: one for row in self.rows if (one := row.wrong)}}

    @property
    def to_mend(self) -> list[Wrong]:
        return super().to_mend + [one for row in self.rows if (one := row.wrong)]

    def place(self, refused: Refused) -> Refused | None:
        if not isinstance(refused, RowsRefused):
            return super().place(refused)
        for row in self.rows:
            if row.number in refused.by_row:
                row.place(refused.by_row[row.number])
        return None

    @cached_property
    def heads(self) -> list[Any]:
        """The fields that stand side by side, in the order of the book's form: what every entry must say, then what has
        to be there soon, then others."""
        asked = _cells(self.blank)
        soon = (*self.book.needed, *self.book.quick)
        first = [one for one in asked if one.flags.required and not _has_default(one)]
        others = [one for one in asked if one not in first]
        others.sort(key=lambda one: (not one.flags.required, one.short_name not in soon))
        chosen = (*first, *others[: max(0, COLUMNS - len(first))])
        return [one for one in asked if one in chosen]

    def beside(self, row: Row) -> list[Any]:
        """The fields of a row that are no column."""
        columns = [one.short_name for one in self.heads]
        return [one for one in _cells(row.form) if one.short_name not in columns]

    @property
    def helps(self) -> list[tuple[str, str]]:
        """What is said of the fields, by their labels."""
        return [(str(one.label.text), str(one.description)) for one in _cells(self.blank) if one.description]


def _find_namesakes(rows: Sequence[Row]) -> None:
    """Ask at once who has the names that were typed, among the people who are kept and in the rows above."""
    named = [(row, row.form) for row in rows if isinstance(row.form, OfPersonForm) and row.form.full_name.data]
    found = namesakes_of(current_user, [(form.full_name.data, form.national_id.data) for _row, form in named])
    ask_ahead(current_user, {one.id: one for alike in found for one in alike}.values())
    first: dict[str, int] = {}
    for (row, form), alike in zip(named, found, strict=True):
        form.alike, name = alike, fold(form.full_name.data)
        if name in first:
            told = _("The person of row %(number)s", number=first[name])
            form.of_rows = [(f"{SamePerson.OF_ROW}{first[name]}", told)]
        first.setdefault(name, row.number)


def prefix_of(number: int) -> str:
    return f"row{number}-"


def _in_one_line(wrong: Wrong) -> str:
    if not wrong.label:
        return wrong.message
    return f"{wrong.label} {wrong.message}" if wrong.label.endswith("?") else f"{wrong.label}: {wrong.message}"


def _cells(form: BookForm) -> list[Any]:
    return [one for one in form if one.short_name not in NOT_IN_A_CELL and not isinstance(one, HiddenField)]


def _has_default(field: Any) -> bool:
    return field.default is not None and not callable(field.default)


def _sent_rows(answers: Mapping[str, Any]) -> int:
    """How many rows a page had that was sent, as far as a page has any."""
    numbers = (name.partition("-")[0].removeprefix("row") for name in answers if name.startswith("row"))
    known = [int(one) for one in numbers if one.isascii() and one.isdecimal() and len(one) <= len(str(MOST))]
    return max([AT_ONCE, *(one for one in known if one <= MOST)])


def _with_dittos(blank: BookForm, answers: Any) -> MultiDict[str, str]:
    """What was typed, with the days that a ditto mark repeats."""
    typed: MultiDict[str, str] = MultiDict(answers.items(multi=True))
    days = [one.short_name for one in blank if isinstance(one, Day)]
    for number in range(2, MOST + 1):
        for name in days:
            sent = typed.getlist(f"{prefix_of(number)}{name}")
            if len(sent) == 1 and sent[0].strip() in DITTO:
                typed[f"{prefix_of(number)}{name}"] = typed.get(f"{prefix_of(number - 1)}{name}", "")
    return typed


def _once(offer: Callable[[Any], Iterable[Any]], offers: Offers) -> Callable[[Any], Iterable[Any]]:
    """What a list offers is asked once for all rows."""

    def known(user: Any) -> Iterable[Any]:
        if offer not in offers:
            offers[offer] = list(offer(user))
        return offers[offer]

    return known


def _as_on_paper(form: BookForm) -> None:
    """Nothing of today stands in a row of long ago, but for what a list has chosen from the start."""
    for field in form:
        if not isinstance(field, Choice | Cards | Several | BooleanField | HiddenField):
            field.data = field.default if _has_default(field) else None


def _is_typed(field: Any) -> bool:
    """Whether somebody answered: what stands there from the start is no answer."""
    sent = {str(one).strip() for one in field.raw_data or ()}
    return bool(sent - {"", str(field.default) if _has_default(field) else ""})
