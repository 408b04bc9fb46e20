"""How a cell names a record that is there already: a unit by its code or name, an entry by its number, an account."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import inspect, select

from portal.cases.models import Case
from portal.engine.db import Kept, db
from portal.engine.letters import plain
from portal.engine.text import mark
from portal.engine.vietnamese import fold
from portal.exchange.reading import Misread
from portal.incidents.models import Observation
from portal.organisation.models import Unit, User, line_of
from portal.organisation.queries import user_named
from portal.patrols.models import Patrol
from portal.people.models import Person

STILL_TO_COME = 0  # instead of an id, as long as a file is only looked at
BETWEEN = " – "  # of a unit's code and its name


@dataclass
class Sought:
    """Where references are looked for: the line of a commune, and the file itself. Units found once are remembered."""

    commune: Unit
    remembered: dict[tuple[str, str], int] = field(default_factory=dict)
    coming: set[tuple[str, str]] = field(default_factory=set)  # kinds and numbers that the same file brings


class Reference(Protocol):
    """A column that names a record."""

    def shown(self, id: int) -> str | None: ...
    def found(self, typed: str, scope: Sought) -> int: ...


class UnitNamed:
    of_units = True

    def __init__(self) -> None:
        self._names: dict[int, str] = {}

    def shown(self, id: int) -> str:
        if id not in self._names:
            unit = db.session.get_one(Unit, id)
            self._names[id] = f"{unit.code}{BETWEEN}{unit.name}"
        return self._names[id]

    def found(self, typed: str, scope: Sought) -> int:
        """By code, or by a name that is one unit's alone. Raises Misread."""
        key = ("unit", typed)
        if key not in scope.remembered:
            scope.remembered[key] = self._found(typed, scope)
        return scope.remembered[key]

    def _found(self, typed: str, scope: Sought) -> int:
        here = select(Unit.id).where(Unit.commune_id.in_(line_of(scope.commune.id)))
        code = typed.partition(BETWEEN)[0].strip()
        if by_code := db.session.scalar(here.where(Unit.code == code)):
            return by_code
        alike = db.session.scalars(here.where(Unit.folded == fold(plain(typed)), Unit.valid_to.is_(None))).all()
        if len(alike) > 1:
            raise Misread(mark("Several units are called so. Please write the code."))
        if not alike:
            raise Misread(mark("The commune has no unit of this code or name. The codes stand on the sheet of lists."))
        return alike[0]


class UserNamed:
    def __init__(self) -> None:
        self._names: dict[int, str] = {}

    def shown(self, id: int) -> str:
        if id not in self._names:
            self._names[id] = db.session.get_one(User, id).username
        return self._names[id]

    def found(self, typed: str, scope: Sought) -> int:
        key = ("user", typed)
        if key not in scope.remembered:
            user = user_named(typed)
            if user is None or user.commune is None or user.commune.heir_id != scope.commune.heir_id:
                raise Misread(mark("The commune has no account of this user name."))
            scope.remembered[key] = user.id
        return scope.remembered[key]


class PersonNamed:
    """A person by the number under which the sheet of people of the same file has them."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def shown(self, id: int) -> str | None:
        if not self._numbers:
            self._numbers = _numbers_of_people(db.session.get_one(Person, id).commune_id)
        number = self._numbers.get(id)
        return str(number) if number else None

    def found(self, typed: str, scope: Sought) -> int:
        key = (Person.__tablename__, typed)
        if key in scope.remembered:
            return scope.remembered[key]
        if key in scope.coming:
            return STILL_TO_COME
        raise Misread(mark("The sheet of people of this file has nobody under this number."))


def _numbers_of_people(commune_id: int) -> dict[int, int]:
    """The people of a commune who are not struck out, by id, in the order in which they were written down."""
    people = select(Person.id).where(Person.commune_id.in_(line_of(commune_id)), Person.voided_at.is_(None))
    return {one: number for number, one in enumerate(db.session.scalars(people.order_by(Person.id)), start=1)}


@dataclass(frozen=True)
class Numbered:
    """An entry of a book, or another record that people name by its number. One that was struck out is not named."""

    record: type[Any]

    def shown(self, id: int) -> str | None:
        record = db.session.get_one(self.record, id)
        return str(record.number) if record.voided_at is None else None

    def found(self, typed: str, scope: Sought) -> int:
        entries = select(self.record.id).where(
            self.record.number == typed, self.record.commune_id.in_(line_of(scope.commune.id)),
            self.record.voided_at.is_(None),
        )  # fmt: skip
        found = db.session.scalars(entries.order_by(self.record.commune_id.desc())).first()
        if found is None and (self.record.__tablename__, typed) in scope.coming:
            return STILL_TO_COME
        if found is None:
            raise Misread(mark("There is no entry of this number."))
        return int(found)


# How records that are no entries of a book are named, by their table: one line a kind.
BY_TABLE: Mapping[str, Callable[[], Reference]] = {
    "unit": UnitNamed,
    "user": UserNamed,
    "person": PersonNamed,
    "case": lambda: Numbered(Case),
    "patrol": lambda: Numbered(Patrol),
    "observation": lambda: Numbered(Observation),
}


def reference_of(record: type[Kept], name: str, books: Mapping[str, Any]) -> tuple[Reference | None, bool]:
    """How a column of a record names another record, and whether it does so at all."""
    column = inspect(record).columns.get(name)
    keys = list(column.foreign_keys) if column is not None else []
    if not keys:
        return None, False
    table = str(keys[0].column.table.name)
    if table in BY_TABLE:
        return BY_TABLE[table](), True
    return (Numbered(books[table].record) if table in books else None), True
