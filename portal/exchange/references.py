"""How a cell names a record that is there already: a unit by its code or name, an entry by its number, an account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import inspect, or_, select
from sqlalchemy.orm import aliased

from portal.engine.db import Kept, db
from portal.engine.letters import plain
from portal.engine.text import mark
from portal.engine.vietnamese import fold
from portal.exchange.reading import Misread
from portal.organisation.models import Unit, User, line_of
from portal.organisation.queries import user_named

STILL_TO_COME = 0  # instead of an id, as long as a file is only looked at
BETWEEN = " – "  # of a unit's code and its name


@dataclass
class Sought:
    """Where references are looked for: the line of a commune, and the file itself. Units found once are remembered."""

    commune: Unit
    remembered: dict[tuple[str, str], int] = field(default_factory=dict)
    coming: set[tuple[str, str]] = field(default_factory=set)  # kinds and numbers that the same file brings


class Reference(Protocol):
    """A column that names a record of a *sheet*."""

    sheet: str

    def shown(self, id: int) -> str: ...
    def found(self, typed: str, scope: Sought) -> int: ...


class UnitNamed:
    sheet, of_units = "units", True

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
        outside = Unit.commune_id.is_(None)  # what stands above or beside the communes
        here = select(Unit.id).where(or_(Unit.commune_id.in_(line_of(scope.commune.id)), outside))
        code = typed.partition(BETWEEN)[0].strip()
        if by_code := db.session.scalar(here.where(Unit.code == code)):
            return by_code
        if ("unit", code) in scope.coming:
            return STILL_TO_COME
        alike = db.session.scalars(here.where(Unit.folded == fold(plain(typed)), Unit.valid_to.is_(None))).all()
        if len(alike) > 1:
            raise Misread(mark("Several units are called so. Please write the code."))
        if not alike:
            raise Misread(mark("The commune has no unit of this code or name. The codes stand on the sheet of lists."))
        return alike[0]


class UserNamed:
    sheet = "accounts"

    def __init__(self) -> None:
        self._names: dict[int, str] = {}

    def shown(self, id: int) -> str:
        if id not in self._names:
            self._names[id] = db.session.get_one(User, id).username
        return self._names[id]

    def found(self, typed: str, scope: Sought) -> int:
        key = ("user", typed)
        if key not in scope.remembered:
            scope.remembered[key] = self._found(typed, scope)
        return scope.remembered[key]

    def _found(self, typed: str, scope: Sought) -> int:
        user = user_named(typed)
        if user is None and ("user", typed) in scope.coming:
            return STILL_TO_COME
        if user is None or user.commune is None or user.commune.heir_id != scope.commune.heir_id:
            raise Misread(mark("The commune has no account of this user name."))
        return user.id


class Numbered:
    """A record by its number: an entry of a book, a household, a campaign. *sheet* is the one that brings it in."""

    def __init__(self, record: type[Any], sheet: str = "") -> None:
        self.record, self.sheet = record, sheet
        self._numbers: dict[int, str] = {}

    def shown(self, id: int) -> str:
        if id not in self._numbers:
            self._numbers[id] = self._called(id)
        return self._numbers[id]

    def _called(self, id: int) -> str:
        """Its number; before that the code of its commune, where that was taken over by one that has the number too."""
        record, of = self.record, aliased(Unit)
        asked = select(record.number, record.commune_id, of.code, of.heir_id).join(of, of.id == record.commune_id)
        number, commune_id, code, heir_id = db.session.execute(asked.where(record.id == id)).one()
        if commune_id == heir_id:
            return str(number)
        others = select(record.id).where(
            record.number == number, record.commune_id.in_(line_of(commune_id)), record.commune_id != commune_id
        )
        return f"{code}/{number}" if db.session.scalar(select(others.exists())) else str(number)

    def found(self, typed: str, scope: Sought) -> int:
        key = (str(self.record.__tablename__), typed)
        if key not in scope.remembered:
            scope.remembered[key] = self._found(typed, scope)
        return scope.remembered[key]

    def _found(self, typed: str, scope: Sought) -> int:
        record = self.record
        entries = select(record.id, record.number, Unit.code).join(Unit, Unit.id == record.commune_id).where(
            record.number.in_((typed, typed.partition("/")[2])), record.commune_id.in_(line_of(scope.commune.id)),
            record.voided_at.is_(None),
        ).order_by(record.commune_id != scope.commune.id, record.commune_id.desc())  # fmt: skip
        fitting = (row.id for row in db.session.execute(entries) if typed in (row.number, f"{row.code}/{row.number}"))
        found = next(fitting, None)
        if found is None and (self.record.__tablename__, typed) in scope.coming:
            return STILL_TO_COME
        if found is None:
            raise Misread(mark("There is no entry of this number."))
        return int(found)


def reference_of(record: type[Kept], name: str, known: Mapping[str, Reference]) -> tuple[Reference | None, bool]:
    """How a column of a record names another record, by the table of that one, and whether it does so at all."""
    column = inspect(record).columns.get(name)
    keys = list(column.foreign_keys) if column is not None else []
    if not keys:
        return None, False
    table = str(keys[0].column.table.name)
    return known.get(table), True
