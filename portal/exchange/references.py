"""How a cell names a record that is there already, or that the same file brings: a unit by its code or name, an
account by its user name, whatever bears a number by that."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import inspect, or_, select
from sqlalchemy.orm import aliased

from portal.books import Book
from portal.cases.models import Case
from portal.engine.db import Kept, db
from portal.engine.letters import plain
from portal.engine.text import mark
from portal.engine.vietnamese import fold
from portal.exchange.reading import Misread
from portal.households.models import Establishment, Household, PledgeBreach, PledgeCampaign
from portal.incidents.models import Observation
from portal.meetings.models import Meeting, MeetingSeries
from portal.organisation.models import CoordinationPlan, Unit, User, line_of
from portal.organisation.queries import user_named
from portal.patrols.models import Landmark, Patrol
from portal.people.models import Person
from portal.reports.models import Report, ReportKind

STILL_TO_COME = -1  # instead of an id, as long as a file is only looked at
BETWEEN = " – "  # of a unit's code and its name
NO_PERSON = mark("The sheet of people of this file has nobody under this number.")
NO_BREACH = mark("The sheet of breaches of this file has none under this number.")
NO_SERIES = mark("The sheet of series of this file has none under this number.")
_DATED = re.compile(r"(.+) \(([0-9]{2}/[0-9]{2}/[0-9]{4})\)")


@dataclass
class Sought:
    """Where references are looked for: the line of a commune, and the file itself. What was found is remembered."""

    commune: Unit
    remembered: dict[tuple[str, str], int] = field(default_factory=dict)
    coming: set[tuple[str, str]] = field(default_factory=set)  # tables and names that the same file brings


class Reference:
    """How cells name the records of a kind, which a *sheet* brings in. What was asked once is not asked again."""

    of_units = False

    def __init__(self, record: type[Any], sheet: str) -> None:
        self.record, self.sheet, self.table = record, sheet, str(record.__tablename__)
        self._names: dict[int, str | None] = {}

    def shown(self, id: int) -> str | None:
        """By which words a cell names a record; none where it was struck out."""
        if id not in self._names:
            self._names[id] = self._called(id)
        return self._names[id]

    def found(self, typed: str, scope: Sought) -> int:
        """The record that a cell names; STILL_TO_COME where the same file brings it. Raises Misread."""
        key = (self.table, typed)
        if key not in scope.remembered:
            scope.remembered[key] = self._found(typed, scope)
        return scope.remembered[key]

    def _called(self, id: int) -> str | None:
        raise NotImplementedError

    def _found(self, typed: str, scope: Sought) -> int:
        raise NotImplementedError

    def _here(self, scope: Sought) -> tuple[Any, ...]:
        return self.record.commune_id.in_(line_of(scope.commune.id)), self.record.voided_at.is_(None)


class UnitNamed(Reference):
    of_units = True

    def _called(self, id: int) -> str:
        unit = db.session.get_one(Unit, id)
        return f"{unit.code}{BETWEEN}{unit.name}"

    def _found(self, typed: str, scope: Sought) -> int:
        """By code, or by a name that is one unit's alone."""
        outside = Unit.commune_id.is_(None)  # what stands above or beside the communes
        here = select(Unit.id).where(or_(Unit.commune_id.in_(line_of(scope.commune.id)), outside))
        code = typed.partition(BETWEEN)[0].strip()
        if by_code := db.session.scalar(here.where(Unit.code == code)):
            return by_code
        if (self.table, code) in scope.coming:
            return STILL_TO_COME
        alike = db.session.scalars(here.where(Unit.folded == fold(plain(typed)), Unit.valid_to.is_(None))).all()
        if len(alike) > 1:
            raise Misread(mark("Several units are called so. Please write the code."))
        if not alike:
            raise Misread(mark("The commune has no unit of this code or name. The codes stand on the sheet of lists."))
        return alike[0]


class UserNamed(Reference):
    def _called(self, id: int) -> str:
        return db.session.get_one(User, id).username

    def _found(self, typed: str, scope: Sought) -> int:
        user = user_named(typed)
        if user is None and (self.table, typed) in scope.coming:
            return STILL_TO_COME
        if user is None or user.commune is None or user.commune.heir_id != scope.commune.heir_id:
            raise Misread(mark("The commune has no account of this user name."))
        return user.id


class NumberedInFile(Reference):
    """A record that bears no number by the one under which its sheet of the same file has it. *missing* says that there
    is none of a number."""

    def __init__(self, record: type[Any], sheet: str, missing: str) -> None:
        super().__init__(record, sheet)
        self.missing = missing

    def _called(self, id: int) -> str | None:
        if not self._names:
            self._names = self._numbers(db.session.get_one(self.record, id).commune_id)
        return self._names.get(id)

    def _numbers(self, commune_id: int) -> dict[int, str | None]:
        """Those of a commune that are not struck out, by id, in the order in which they were written down."""
        record = self.record
        found = select(record.id).where(record.commune_id.in_(line_of(commune_id)), record.voided_at.is_(None))
        return {one: str(number) for number, one in enumerate(db.session.scalars(found.order_by(record.id)), start=1)}

    def _found(self, typed: str, scope: Sought) -> int:
        if (self.table, typed) in scope.coming:
            return STILL_TO_COME
        raise Misread(self.missing)


class Numbered(Reference):
    """A record by its number: an entry of a book, a household, a case; or by another *name* that is its own within its
    commune, as a code."""

    def __init__(self, record: type[Any], sheet: str, name: str = "number") -> None:
        super().__init__(record, sheet)
        self.number = getattr(record, name)

    def _called(self, id: int) -> str | None:
        """Its number; before that the code of its commune, where that was taken over by one that has the number too."""
        record, of = self.record, aliased(Unit)
        asked = select(self.number, record.voided_at, record.commune_id, of.code, of.heir_id)
        asked = asked.join(of, of.id == record.commune_id).where(record.id == id)
        number, voided_at, commune_id, code, heir_id = db.session.execute(asked).one()
        if voided_at is not None:
            return None
        others = select(record.id).where(
            self.number == number, record.commune_id.in_(line_of(commune_id)), record.commune_id != commune_id
        )
        alone = commune_id == heir_id or not db.session.scalar(select(others.exists()))
        return str(number) if alone else f"{code}/{number}"

    def _found(self, typed: str, scope: Sought) -> int:
        record = self.record
        entries = select(record.id, self.number, Unit.code).join(Unit, Unit.id == record.commune_id)
        entries = entries.where(self.number.in_((typed, typed.partition("/")[2])), *self._here(scope))
        entries = entries.order_by(record.commune_id != scope.commune.id, record.commune_id.desc())
        rows = db.session.execute(entries)
        found = next((one for one, number, code in rows if typed in (number, f"{code}/{number}")), None)
        if found is None and (self.table, typed) in scope.coming:
            return STILL_TO_COME
        if found is None:
            raise Misread(mark("There is no entry of this number."))
        return int(found)


class Dated(Reference):
    """A record by its *name* or, of several that are called so, by its name and its *day* in brackets."""

    def __init__(self, record: type[Any], sheet: str, name: str, day: str) -> None:
        super().__init__(record, sheet)
        self.name, self.day = getattr(record, name), getattr(record, day)

    def _called(self, id: int) -> str:
        name, day, commune_id = db.session.execute(
            select(self.name, self.day, self.record.commune_id).where(self.record.id == id)
        ).one()
        alike = select(self.record.id).where(
            self.name == name, self.record.commune_id.in_(line_of(commune_id)), self.record.voided_at.is_(None)
        )
        return str(name) if len(db.session.scalars(alike).all()) < 2 else with_day(name, day)

    def _found(self, typed: str, scope: Sought) -> int:
        dated = _DATED.fullmatch(typed)
        called = dated[1] if dated else typed
        here = select(self.record.id, self.name, self.day).where(*self._here(scope))
        alike = db.session.execute(here.where(self.name.in_((typed, called)))).all()
        exact = [row.id for row in alike if typed in (row[1], with_day(row[1], row[2]))]
        if len(exact) == 1:
            return int(exact[0])
        if not exact and (self.table, typed) in scope.coming:
            return STILL_TO_COME
        if exact:
            raise Misread(mark("Several are called so. Please write the day behind it in brackets: (01/07/2025)."))
        raise Misread(mark("There is none of this name."))


def with_day(name: str, day: date) -> str:
    return f"{name} ({day:%d/%m/%Y})"


# How records that are no entries of a book are named, and by which sheet they come: one line a kind.
NAMED: Sequence[Callable[[], Reference]] = (
    lambda: UnitNamed(Unit, "units"),
    lambda: UserNamed(User, "accounts"),
    lambda: NumberedInFile(Person, "people", NO_PERSON),
    lambda: Numbered(Household, "households"),
    lambda: Numbered(Establishment, "establishments"),
    lambda: Numbered(PledgeCampaign, "campaigns"),
    lambda: NumberedInFile(PledgeBreach, "pledges.breaches", NO_BREACH),
    lambda: Dated(CoordinationPlan, "coordination_plans", "doc_number", "dated_on"),
    lambda: Dated(Landmark, "landmarks", "name", "valid_from"),
    lambda: Numbered(Patrol, "patrols"),
    lambda: Numbered(Case, "cases"),
    lambda: Numbered(Observation, "observations"),
    lambda: NumberedInFile(MeetingSeries, "meeting_series", NO_SERIES),
    lambda: Numbered(Meeting, "meetings"),
    lambda: Numbered(ReportKind, "report_kinds", "code"),
    lambda: Numbered(Report, "reports"),
)


def references(books: Sequence[Book]) -> dict[str, Reference]:
    """How cells name records, by the table of these: of the kinds above, and of all books."""
    of_kinds = (made() for made in NAMED)
    return {one.table: one for one in (*(Numbered(book.record, book.name) for book in books), *of_kinds)}


def reference_of(record: type[Kept], name: str, known: Mapping[str, Reference]) -> tuple[Reference | None, bool]:
    """How a column of a record names another record, by the table of that one, and whether it does so at all."""
    column = inspect(record).columns.get(name)
    keys = list(column.foreign_keys) if column is not None else []
    if not keys:
        return None, False
    return known.get(str(keys[0].column.table.name)), True
