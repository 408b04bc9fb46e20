"""A sheet of the workbook as data: which columns it has, which rows leave the portal, what becomes of a row that comes.

The columns follow from a form, so that a cell is read by the field by which a page would read it, and is refused in the
same words. What a column is in Excel follows from the field.
"""

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default_of
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from babel.numbers import format_decimal
from flask_babel import get_locale
from sqlalchemy import Select, func, select
from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from portal.books.forms import Amount
from portal.books.values import facts_of
from portal.engine.db import Kept, db
from portal.engine.forms import BooleanField, Cards, Choice, Day, Digits, Form, Hour, Number, Several, optional_id
from portal.engine.letters import plain
from portal.engine.text import _l, as_on_paper, mark, say
from portal.engine.vietnamese import fold
from portal.exchange.moments import FORM, Moment, as_typed
from portal.exchange.reading import Cell, Misread
from portal.exchange.references import Reference, Sought, reference_of
from portal.exchange.taking import Taking

MOST_TITLE, BETWEEN = 31, " - "  # letters of a tab, by the format; what stands before the title of lines
AT_ONCE = 500  # rows that are read from the database together
NOT_ASKED = ("anyway", "version", "csrf_token")
YES, NO = _l("Yes"), _l("No")
Facts = dict[str, Any]
Shown = str | int | float | date | None


class Kind(enum.StrEnum):
    """What a column holds."""

    TEXT = "text"
    DIGITS = "digits"
    NUMBER = "number"
    AMOUNT = "amount"
    DAY = "day"
    HOUR = "hour"
    MOMENT = "moment"
    CHOICE = "choice"
    SEVERAL = "several"
    YES_NO = "yes_no"
    REFERENCE = "reference"


KIND_NAMES = {
    Kind.TEXT: _l("Free text"), Kind.DIGITS: _l("Digits, kept as text"), Kind.NUMBER: _l("Whole number"),
    Kind.AMOUNT: _l("Number"), Kind.DAY: _l("Day, as dd/mm/yyyy"), Kind.HOUR: _l("Hour, as hh:mm"),
    Kind.MOMENT: _l("Day and hour, as dd/mm/yyyy hh:mm"),
    Kind.CHOICE: _l("One of the list"), Kind.SEVERAL: _l("Some of the list, with semicolons between"),
    Kind.YES_NO: _l("Yes or no"), Kind.REFERENCE: _l("Code, name or number of what is there already"),
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """A column: *name* is its key, *choices* are the words of a list by what keeps them."""

    name: str
    label: Any
    kind: Kind
    help: Any = ""
    required: bool = False
    choices: Mapping[str, Any] | None = None
    default: Any = None
    reference: Reference | None = None

    def words(self) -> list[str]:
        """What may stand in the column where it is one of a list, as on paper."""
        with as_on_paper():
            if self.kind == Kind.YES_NO:
                return [str(YES), str(NO)]
            return [str(label) for label in (self.choices or {}).values()]

    def shown(self, value: Any) -> Shown:
        """A kept value as the cell shows it. Called where papers are written (`as_on_paper`)."""
        if value is None or value == "":
            return None
        if self.reference:
            return self.reference.shown(value)
        match self.kind:
            case Kind.AMOUNT:
                return float(Decimal(value).scaleb(-Amount.PLACES))
            case Kind.HOUR:
                return f"{value:%H:%M}"
            case Kind.MOMENT:
                return as_typed(value)
            case Kind.YES_NO:
                return str(YES if value else NO)
            case Kind.CHOICE:
                return str((self.choices or {}).get(str(value), value))
            case Kind.SEVERAL:
                return "; ".join(str((self.choices or {}).get(one, one)) for one in str(value).split(",") if one)
        return value if isinstance(value, int | date) else str(value)

    def typed(self, cell: Cell) -> list[str]:
        """What a cell says, as somebody would type it into the field. Raises Misread where it cannot be meant."""
        if cell.fault:
            raise cell.fault
        value = self.default if cell.value is None else cell.value
        if value is None:
            return [] if self.kind in (Kind.SEVERAL, Kind.YES_NO) else [""]
        match self.kind:
            case Kind.DAY:
                return [_typed_day(value)]
            case Kind.MOMENT if isinstance(value, datetime):
                return [f"{value:{FORM}}"]
            case Kind.HOUR:
                return [f"{value:%H:%M}" if isinstance(value, time) else str(value)]
            case Kind.NUMBER | Kind.AMOUNT:
                return [_typed_number(value)]
            case Kind.YES_NO:
                return ["y"] if _meant(str(_text(value)), _yes_or_no()) == "y" else []
            case Kind.CHOICE:
                return [_meant(_text(value), self.choices or {})]
            case Kind.SEVERAL:
                return [_meant(one, self.choices or {}) for one in _text(value).split(";") if one.strip()]
            case Kind.DIGITS if not isinstance(value, str):
                raise Misread(mark("A number loses its zeros in front. Please make the cell text, and type it again."))
        return [_text(value)]


def _typed_day(value: Any) -> str:
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, str):
        return value
    raise Misread(mark("A bare number is no day. Please write it as dd/mm/yyyy."))


def _typed_number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Misread(mark("This is no number."))
    if isinstance(value, float):
        return (
            str(int(value))
            if value.is_integer()
            else str(format_decimal(value, locale=get_locale(), group_separator=False))
        )
    return str(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(YES if value else NO)
    if isinstance(value, date):
        return _typed_day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return _typed_number(value)


def _yes_or_no() -> Mapping[str, Any]:
    return {"y": YES, "": NO}


def _meant(typed: str, choices: Mapping[str, Any]) -> str:
    """Which of a list somebody means: by its word in either language, whatever its case, or by what keeps it."""
    wanted = fold(plain(typed))
    for value, label in choices.items():
        with as_on_paper():
            on_paper = fold(str(label))
        if wanted in (on_paper, fold(str(label))) or typed.strip() == value:
            return value
    with as_on_paper():
        possible = [str(label) for label in choices.values()]
    raise Misread(mark("Please choose one of: %(possible)s."), possible="; ".join(possible[:40]))


def fields_of(
    form: type[Form], record: type[Kept], known: Mapping[str, Reference], asked: Sequence[str] = ()
) -> tuple[Field, ...]:
    """The columns that a form gives, in its order or as they are *asked*; one that names a record of a kind of which
    nothing is *known* is left out."""
    made = form(formdata=MultiDict(), meta={"csrf": False})
    wanted = [made[name] for name in asked] if asked else [one for one in made if one.name not in NOT_ASKED]
    found = (_field(one, record, known) for one in wanted)
    return tuple(one for one in found if one is not None)


def _field(field: Any, record: type[Kept], known: Mapping[str, Reference]) -> Field | None:
    reference, kept = reference_of(record, field.name, known)
    if kept and reference is None:
        return None
    kind, choices = (Kind.REFERENCE, None) if reference else (_kind(field), _choices(field))
    default = field.default if not callable(field.default) else None
    required = bool(field.flags.required) or (kind == Kind.CHOICE and not _may_be_empty(field, default))
    return Field(field.name, field.label.text, kind, field.description, required, choices, default, reference)


def _choices(field: Any) -> Mapping[str, Any] | None:
    if not isinstance(field, Choice | Cards | Several | SelectField):
        return None
    pairs = (one if isinstance(one, tuple) else (one.value, one.label) for one in field.choices or ())
    return {str(value): label for value, label, *_rest in pairs if value != ""}


def _may_be_empty(field: Any, default: Any) -> bool:
    """Whether a list may be left without an answer: where it has an empty one, or says what is meant then."""
    return bool(default) or "" in {one[0] if isinstance(one, tuple) else one.value for one in field.choices or ()}


def _kind(field: Any) -> Kind:
    kinds = (
        (Amount, Kind.AMOUNT), (Number, Kind.NUMBER), (Day, Kind.DAY), (Hour, Kind.HOUR), (Moment, Kind.MOMENT),
        (BooleanField, Kind.YES_NO), (Several, Kind.SEVERAL), (Digits, Kind.DIGITS),
        ((Choice, Cards, SelectField), Kind.CHOICE),
    )  # fmt: skip
    kind = next((kind for types, kind in kinds if isinstance(field, types)), Kind.TEXT)
    return Kind.TEXT if kind == Kind.CHOICE and not _choices(field) else kind


class Both:
    """The title of a sheet of lines: that of what they belong to, and its own."""

    def __init__(self, first: Any, second: Any) -> None:
        self.first, self.second = first, second

    def __str__(self) -> str:
        return f"{self.first}{BETWEEN}{self.second}"


@dataclass
class Fault(Exception):
    """What is wrong with a row: by column, in the reader's words."""

    found: list[tuple[str, str]]


class Verdict(enum.StrEnum):
    """What becomes of a row that nothing is wrong with."""

    NEW = "new"
    THERE = "there"


@dataclass(frozen=True)
class Sheet:
    """One tab of the workbook, under a stable *key*.

    *found* selects what leaves the portal, *told* gives a row of it, or several, as kept values by column; *take* is
    given what a row says and writes it where it is new. *record* decides who may bring it in (`create`) and take it
    along (`export`), or what *rights* name instead. Of a *sealed* one a page gives and takes nothing but for the chief,
    and of one that is taken in *by command* it knows nothing: a file that holds it is refused there. It stands *behind*
    sheets that it needs, beside those that its columns name.
    """

    key: str
    title: Any
    form: type[Form]
    record: type[Kept]
    fields: tuple[Field, ...]
    found: Callable[[Taking], Select[Any]]
    told: Callable[[Any, Taking], Mapping[str, Any] | list[Mapping[str, Any]]]
    take: Callable[[Facts, Any], Verdict]
    about: Any = ""
    sealed: bool = False
    rights: Mapping[str, tuple[type[Kept], str]] = default_of(default_factory=dict)
    by_command: bool = False
    behind: tuple[str, ...] = ()

    def right(self, named: str) -> tuple[str, type[Kept]]:
        """The right that is asked for `create` or `export`, and in which record."""
        record, right = self.rights.get(named, (self.record, named))
        return right, record

    def rows(self, taking: Taking) -> Iterator[Mapping[str, Any]]:
        """What leaves the portal, some hundreds at a time, so that a long table is never held as a whole."""
        for row in db.session.execute(self.found(taking).execution_options(yield_per=AT_ONCE)):
            told = self.told(row, taking)
            yield from told if isinstance(told, list) else (told,)

    def shown(self, taking: Taking) -> Iterator[list[Shown]]:
        """The same as cells show it. What rows name is asked for some hundreds of them at a time."""
        rows = self.rows(taking)
        while some := list(islice(rows, AT_ONCE)):
            for field in self.fields:
                if field.reference:
                    field.reference.ask(row[field.name] for row in some if row.get(field.name))
            for row in some:
                yield [field.shown(row.get(field.name)) for field in self.fields]

    def count(self, taking: Taking) -> int:
        of_them = self.found(taking).order_by(None).subquery()
        return db.session.scalar(select(func.count()).select_from(of_them)) or 0

    @property
    def of_lines(self) -> bool:
        """Whether it holds what belongs to the records of another sheet."""
        return "." in self.key

    @property
    def names(self) -> set[str]:
        """The keys of the sheets whose rows it names or needs, and of the one to whose records its own belong."""
        named = {one.reference.sheet for one in self.fields if one.reference} | {*self.behind}
        return named | ({self.key.rpartition(".")[0]} if self.of_lines else set())

    @property
    def tab(self) -> str:
        """The title as it stands on the tab, in at most 31 letters: of a book and its lines the lines stay whole."""
        with as_on_paper():
            title = "".join(letter for letter in str(self.title) if letter not in "[]:*?/\\'")
        if len(title) <= MOST_TITLE:
            return title
        first, between, second = title.rpartition(BETWEEN)
        kept = MOST_TITLE - len(second) - len(between) - 1
        return f"{first[:kept].rstrip()}…{between}{second}" if kept > 3 else title[:MOST_TITLE]

    def read(self, row: Mapping[str, Cell], scope: Sought) -> Facts:
        """What a row says, as its record keeps it. Raises Fault with all that is wrong with it."""
        wrong: list[tuple[str, str]] = []
        typed: MultiDict[str, str] = MultiDict()
        meant: Facts = {}
        for field in self.fields:
            try:
                words = field.typed(row.get(field.name, Cell(None)))
                if field.reference:
                    words = [str(field.reference.found(words[0], scope) if words[0] else "")]
                    meant[field.name] = words[0]
            except Misread as misread:
                wrong.append((field.name, say(misread.message, **misread.numbers)))
                words = [""]
            typed.setlist(field.name, words)
        form = self.form(formdata=typed, meta={"csrf": False})
        form.of_register = True
        for one in form:
            if isinstance(one, SelectField) and (one.name in meant or not _choices(one)):
                value = typed.get(one.name, "")
                one.choices = [("", ""), (value, value)]
        form.validate()
        told = {name for name, _message in wrong}
        wrong += [(one.name, str(one.errors[0])) for one in form if one.errors and one.name not in told]
        if wrong:
            raise Fault(wrong)
        return self._facts(form)

    def _facts(self, form: Any) -> Facts:
        said = {one.name: form[one.name].data for one in self.fields}
        named = {one.name: optional_id(said[one.name]) for one in self.fields if one.reference}
        return {**said, **named, **facts_of(form, self.record)}
