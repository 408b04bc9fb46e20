"""Forms of entries: their fields are named as the columns that they fill."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from babel.numbers import NumberFormatError, parse_decimal
from flask_babel import format_decimal, get_locale
from flask_login import current_user
from wtforms import StringField

from portal.books.models import Part
from portal.engine.access import may, reach, see
from portal.engine.db import db
from portal.engine.forms import (
    TO_CHOOSE,
    BooleanField,
    Cards,
    Choice,
    Digits,
    EditForm,
    Line,
    Optional,
    Required,
    Year,
    a_name,
)
from portal.engine.intake import asked_for, id_in
from portal.engine.text import _, _l
from portal.organisation.models import Unit, UnitKind, User
from portal.organisation.queries import villages
from portal.people.forms import check_birth_year, check_national_id
from portal.people.models import Person
from portal.people.queries import namesakes

Offer = Callable[[User], Iterable[tuple[str, Any]]]
Lines = Callable[[Any], Iterable[tuple[str, Any]]]
Called = Callable[[Any], str]
_PLAIN = re.compile(r"[0-9]{1,12}\.(?:[0-9]{1,2}|[0-9]{4,9})")  # 985.6 is meant, 1.250 may be either
_GROUPED = re.compile(r"-?[0-9.,]+")
MOST_DIGITS = 12


def places_of(user: User) -> Sequence[Unit]:
    """The villages of which somebody may write: the own ones of whoever acts in a village, else all of the commune."""
    return own_villages(user) or villages(user.acting.commune_id if user.acting else 0)


def own_villages(user: User) -> list[Unit]:
    """The villages in which somebody acts; none of whoever acts for a whole commune."""
    return [grant.unit for grant in user.grants_today if grant.unit.kind == UnitKind.VILLAGE]


def villages_offered(user: User) -> Iterable[tuple[str, Any]]:
    return [(str(one.id), one.title) for one in places_of(user)]


def title_of(unit: Any) -> str:
    return str(unit.title)


class Offered(Choice):
    """One of a list that depends on who writes, as the villages of the commune.

    *called* names what the record has, where it is offered to nobody anew.
    """

    def __init__(
        self, label: Any = None, validators: Any = (), *, offer: Offer = villages_offered, called: Called = title_of,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(label, validators, **options)
        self.offer, self.called = offer, called

    def fill(self, user: User, record: Any = None) -> None:
        """Fill the list; what the record has stays possible, though it may be offered to nobody anew."""
        pairs = list(self.offer(user))
        kept = getattr(record, self.name.removesuffix("_id"), None) if self.name.endswith("_id") else None
        if kept is not None and str(kept.id) not in dict(pairs):
            pairs.append((str(kept.id), self.called(kept)))
        self.choices = [TO_CHOOSE, *pairs]

    def choose_own_village(self, user: User) -> None:
        """Answer at first which village it is for whoever acts in one alone."""
        own = own_villages(user) if self.offer is villages_offered else []
        if len(own) == 1 and not self.data:
            self.data = str(own[0].id)


class OfferedLine(Offered):
    """One of the lines of the entry that the form's own line belongs to, such as the one that it goes on from."""

    def __init__(self, label: Any = None, validators: Any = (), *, lines: Lines, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.lines = lines

    def fill_from(self, entry: Any, record: Any = None) -> None:
        """Fill the list with lines of the entry, never the record of the form itself."""
        own = str(record.id) if record is not None else ""
        pairs = self.lines(entry) if entry is not None else ()
        self.choices = [TO_CHOOSE, *(pair for pair in pairs if pair[0] != own)]


class Amount(StringField):
    """A number with decimals, typed as people write it (985,6), kept whole as so many thousandths of its unit."""

    data: Any  # thousandths, once it is valid
    PLACES = 3

    def __init__(self, label: Any = None, validators: Any = (), **options: Any) -> None:
        options.setdefault("render_kw", {"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label, validators, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed:
            self.data = thousandths(typed)

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return amount_in_words(self.data) if self.data is not None else ""


def thousandths(typed: str) -> int:
    """Read a number with decimals. Raises ValueError, in the reader's words, for what is none."""
    try:
        number = Decimal(typed) if _PLAIN.fullmatch(typed) else _as_grouped(typed)
    except NumberFormatError as error:
        raise ValueError(_("Please write a number, such as %(sample)s.", sample=format_decimal(985.6))) from error
    whole = number.scaleb(Amount.PLACES)
    if number.is_signed() or not number.is_finite() or number.adjusted() >= MOST_DIGITS:
        raise ValueError(_("This number cannot be right."))
    if whole != whole.to_integral_value():
        raise ValueError(_("At most three places after the comma are possible here."))
    return int(whole)


def _as_grouped(typed: str) -> Decimal:
    """A number as the reader's language writes it: neither in other digits nor as programs do (1e3, 1_000)."""
    if not _GROUPED.fullmatch(typed):
        raise NumberFormatError(typed)
    return parse_decimal(typed, locale=get_locale(), strict=True)


def amount_in_words(amount: int) -> str:
    """985600 is 985,6."""
    return format_decimal(Decimal(amount).scaleb(-Amount.PLACES))


class BookForm(EditForm):
    """A form over an entry or one of its lines.

    *anyway* is asked only where an entry is perhaps there already.
    """

    anyway = BooleanField(_l("It is another one: write it down all the same"), [Optional()])

    def fill_lists(self, record: Any = None, entry: Any = None) -> None:
        """Fill the lists; *entry* is the one of whose lines the form asks, where it is not the record's own."""
        self.offer_to(current_user, record, entry)

    def offer_to(self, user: User, record: Any = None, entry: Any = None) -> None:
        """Fill the lists for whoever writes, who is not always whoever sends: a phone is sent by another at times."""
        if entry is None and isinstance(record, Part):
            entry = getattr(record, str(record.parent))
        for field in self:
            if isinstance(field, OfferedLine):
                field.fill_from(entry, record)
            elif isinstance(field, Offered):
                field.fill(user, record)
                if record is None and not self.is_submitted():
                    field.choose_own_village(user)

    @classmethod
    def asked(cls) -> tuple[str, ...]:
        """The names of what is answered, in the order of the page."""
        return tuple(field.name for field in cls() if field.name not in ("anyway", "version", "csrf_token"))

    def keep_only(self, names: Sequence[str]) -> None:
        """Leave away all answers but the named ones: for a quick first entry."""
        for name in self.asked():
            if name in self and name not in names:
                del self[name]


class SamePerson(Cards):
    """Which of the people who are there already it is, or somebody else."""

    NEW, OF_ROW = "new", "row"

    @property
    def kept(self) -> str | None:
        """Somebody else is a record of their own, which has no number yet; nor has the person of another row."""
        return self.data if id_in(self.data) else None

    @property
    def row(self) -> int | None:
        """The number of the row above of which it is the person, where rows are typed."""
        return None if self.kept else id_in((self.data or "").removeprefix(self.OF_ROW))


class OfPersonForm(BookForm):
    """A form over an entry about somebody: who it is, asked by name and year of birth; of those who may be the same
    one is chosen, or that it is somebody else.

    An address with `?person=7` is about that person, who is not asked for.
    """

    full_name = Line(_l("Full name"), [Required(), a_name], length=100)
    birth_year = Year(_l("Year of birth"), [Optional()])
    national_id = Digits(
        _l("National ID number"), [Optional()], length=12,
        description=_l("Where it is known: by it the portal tells people of one name apart."),
    )  # fmt: skip
    person_id = SamePerson(_l("The same person?"))

    WHO: ClassVar[tuple[str, ...]] = ("full_name", "birth_year", "national_id")
    QUICK = ("full_name", "person_id")
    alike: Sequence[Person] | None = None  # who has the name, where it was asked for many at once
    of_rows: Sequence[tuple[str, str]] = ()  # whoever has the name in a row above

    def fill_lists(self, record: Any = None, *more: Any) -> None:
        super().fill_lists(record, *more)
        if record is not None:
            self._leave_out("person_id", *(() if may(current_user, "edit", record.person) else self.WHO))
        elif person := self.about():
            self._leave_out(*self.known_of(person))
            self.person_id.choices = [_told(person)]
            if not self.person_id.raw_data:
                self.person_id.data = str(person.id)
        elif known := [*map(_told, self._alike()), *self.of_rows]:
            self.person_id.choices = [*known, (SamePerson.NEW, _("Somebody else: keep them apart"))]
        else:
            self._leave_out("person_id")

    def known_of(self, _person: Person) -> Sequence[str]:
        """What is not asked about somebody whom the address names."""
        return self.WHO

    def about(self) -> Person | None:
        """The person of whom the address says that it is about them."""
        asked = asked_for("person")
        return db.session.scalar(reach(current_user, "read", Person).where(Person.id == asked)) if asked else None

    def _alike(self) -> Sequence[Person]:
        if self.alike is not None:
            return self.alike
        name = self.full_name.data
        return namesakes(current_user, name, self.national_id.data) if name and self.is_submitted() else []

    def _leave_out(self, *names: str) -> None:
        for name in names:
            if name in self:
                del self[name]

    def validate_birth_year(self, field: Year) -> None:
        check_birth_year(field)

    def validate_national_id(self, field: Digits) -> None:
        check_national_id(field)


def _told(person: Person) -> tuple[str, str]:
    """Somebody in the list of those who may be the same: name, year of birth, village."""
    known = (see(current_user, person, name).value for name in ("full_name", "born"))
    parts = (*(str(one or "") for one in known), person.village.title if person.village else "")
    return str(person.id), ", ".join(part for part in parts if part)
