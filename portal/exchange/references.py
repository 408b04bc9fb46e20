"""How a cell names a record that is there already, or that the same file brings: a unit by its code or name, an
account by its user name, whatever bears a number by that."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, inspect, or_, select

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

    def ask(self, ids: Iterable[int]) -> None:
        """Ask at once by which words cells name several records."""
        if new := {one for one in ids if one not in self._names}:
            self._names |= self._called(new)

    def shown(self, id: int) -> str | None:
        """By which words a cell names a record; none where it was struck out."""
        self.ask((id,))
        return self._names[id]

    def found(self, typed: str, scope: Sought) -> int:
        """The record that a cell names; STILL_TO_COME where the same file brings it. Raises Misread."""
        key = (self.table, typed)
        if key not in scope.remembered:
            scope.remembered[key] = self._found(typed, scope)
        return scope.remembered[key]

    def _called(self, ids: Collection[int]) -> Mapping[int, str | None]:
        raise NotImplementedError

    def _found(self, typed: str, scope: Sought) -> int:
        raise NotImplementedError

    def _here(self, scope: Sought) -> tuple[Any, ...]:
        return self.record.commune_id.in_(line_of(scope.commune.id)), self.record.voided_at.is_(None)


class UnitNamed(Reference):
    of_units = True

    def _called(self, ids: Collection[int]) -> Mapping[int, str | None]:
        units = db.session.execute(select(Unit.id, Unit.code, Unit.name).where(Unit.id.in_(ids)))
        return {row.id: f"{row.code}{BETWEEN}{row.name}" for row in units}

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
    def _called(self, ids: Collection[int]) -> Mapping[int, str | None]:
        users = db.session.execute(select(User.id, User.username).where(User.id.in_(ids)))
        return {row.id: row.username for row in users}

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

    def _called(self, ids: Collection[int]) -> Mapping[int, str | None]:
        """All of the commune at once; whatever is not among them was struck out."""
        all_of_them = {} if self._names else self._numbers(db.session.get_one(self.record, min(ids)).commune_id)
        return {**dict.fromkeys(ids), **all_of_them}

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

    def _called(self, ids: Collection[int]) -> Mapping[int, str | None]:
        """Their numbers; before one its commune's code, where that was taken over by one that has the number too."""
        record = self.record
        asked = select(
            record.id, self.number.label("number"), record.voided_at, record.commune_id, Unit.code, Unit.heir_id
        )
        rows = db.session.execute(asked.join(Unit, Unit.id == record.commune_id).where(record.id.in_(ids))).all()
        homes = self._homes([row.number for row in rows if row.commune_id != row.heir_id])
        names: dict[int, str | None] = {}
        for row in rows:
            alone = row.commune_id == row.heir_id or homes[row.heir_id, row.number] <= {row.commune_id}
            names[row.id] = None if row.voided_at else str(row.number) if alone else f"{row.code}/{row.number}"
        return names

    def _homes(self, numbers: Sequence[str]) -> Mapping[tuple[int, str], set[int]]:
        """In which communes of each line there is a record of these numbers, struck out or not."""
        homes: dict[tuple[int, str], set[int]] = defaultdict(set)
        if numbers:
            having = select(Unit.heir_id, self.number, self.record.commune_id)
            having = having.join(self.record, self.record.commune_id == Unit.id).where(self.number.in_(numbers))
            for heir_id, number, commune_id in db.session.execute(having):
                homes[heir_id, number].add(commune_id)
        return homes

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

    def _called(self, ids: Collection[int]) -> Mapping[int, str | None]:
        asked = select(self.record.id, self.name, self.day, Unit.heir_id).join(Unit, Unit.id == self.record.commune_id)
        rows = db.session.execute(asked.where(self.record.id.in_(ids))).all()
        alike = self._how_many({name for _id, name, _day, _heir in rows})
        return {one: with_day(name, day) if alike[heir, name] > 1 else str(name) for one, name, day, heir in rows}

    def _how_many(self, names: Collection[str]) -> Mapping[tuple[int, str], int]:
        """How many there are of each name in each line of communes."""
        there = select(Unit.heir_id, self.name, func.count()).join(self.record, self.record.commune_id == Unit.id)
        there = there.where(self.name.in_(names), self.record.voided_at.is_(None)).group_by(Unit.heir_id, self.name)
        return defaultdict(int, {(heir, name): count for heir, name, count in db.session.execute(there)})

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
