"""An import on its way: for which commune, in whose name, and what of the file was met already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, inspect, select

from portal.engine.access import Actor
from portal.engine.db import Kept, db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.engine.workflow import Step
from portal.exchange.moments import to_the_minute
from portal.exchange.references import STILL_TO_COME, Sought, with_day
from portal.exchange.sheet import Field, Verdict
from portal.organisation.models import Unit, UnitKind, line_of


@dataclass
class Bringing(Sought):
    """*writes* says whether rows are written or only looked at; *by* is None for a command that nobody signs."""

    by: Actor | None = None
    writes: bool = False
    met: set[tuple[str, str]] = field(default_factory=set)
    claimed: set[tuple[str, int]] = field(default_factory=set)
    gathered: dict[tuple[str, int], Any] = field(default_factory=dict)  # what rows tell of a record, to be written once
    at: Any = None  # where the row stands that is taken now
    awaited: dict[tuple[str, int], tuple[Any, Misfit]] = field(default_factory=dict)

    def await_row(self, sheet: str, id: int, missing: Misfit) -> None:
        """Expect a row of a later sheet about a record; without one, the row that is taken now has a *missing* one."""
        self.awaited[sheet, id] = self.at, missing

    def came(self, sheet: str, id: int) -> None:
        self.awaited.pop((sheet, id), None)

    def claim(self, sheet: str, record: Kept | Step) -> None:
        self.claimed.add((sheet, record.id))

    def is_claimed(self, sheet: str, record: Kept | Step) -> bool:
        """Whether another row of the file was found to be this record."""
        return (sheet, record.id) in self.claimed

    def first_time(self, sheet: str, key: str) -> bool:
        """Whether a key of a sheet stands in the file for the first time."""
        known = (sheet, key) in self.met
        self.met.add((sheet, key))
        return not known

    def number_once(self, sheet: str, facts: Mapping[str, Any]) -> None:
        """Raise Refused where the number of a row stands in the file already, of the same commune."""
        if not self.first_time(sheet, f"{facts.get('commune') or ''}/{facts['number']}"):
            raise Refused(Misfit("number", mark("This number stands in the file twice.")))

    def expect(self, record: type[Any], facts: Mapping[str, Any]) -> None:
        """Keep in mind that the file brings a record of a number, by the words by which other rows may name it."""
        number, code = str(facts["number"] or ""), facts.get("commune") or self.commune.code
        self.coming |= {(str(record.__tablename__), one) for one in (number, f"{code}/{number}")}

    def expect_dated(self, record: type[Any], name: str, day: date) -> None:
        """Keep in mind that the file brings a record that is named by its name and, if need be, its day."""
        self.coming |= {(str(record.__tablename__), one) for one in (name, with_day(name, day))}

    def is_coming(self, record: type[Any], facts: Mapping[str, Any], column: str) -> bool:
        """Whether the file brings the record of the number that a row names in a column, in the commune of the row."""
        code = facts.get("commune") or self.commune.code
        return not self.writes and (str(record.__tablename__), f"{code}/{facts[column]}") in self.coming

    def of_commune(self, facts: Mapping[str, Any]) -> int:
        """The commune that a row names by its code, of those that became this one; this one where none is named."""
        code = facts.get("commune")
        if not code or code == self.commune.code:
            return self.commune.id
        if ("commune", code) not in self.remembered:
            self.remembered["commune", code] = self._commune(code)
        return self.remembered["commune", code]

    def _commune(self, code: str) -> int:
        of_line = select(Unit.id).where(Unit.id.in_(line_of(self.commune.id)), Unit.kind == UnitKind.COMMUNE)
        found = db.session.scalar(of_line.where(Unit.code == code))
        if found is None and not self.writes and ("unit", code) in self.coming:
            return STILL_TO_COME
        if found is None:
            raise Refused(Misfit("commune", mark("No commune of this code became the one of this portal.")))
        return int(found)

    def unclaimed(self, sheet: str, among: Select[Any], record: Any, facts: Mapping[str, Any]) -> Any:
        """A record that says just the same and that no other row of the file was found to be."""
        columns = inspect(record).columns
        alike = [
            getattr(record, name).is_(None) if value is None else getattr(record, name) == value
            for name, value in facts.items() if name in columns
        ]  # fmt: skip
        beside = {name: value for name, value in facts.items() if name not in columns}
        for found in db.session.scalars(among.where(record.voided_at.is_(None), *alike).order_by(record.id)):
            if not differing(told_by(found, beside), beside) and not self.is_claimed(sheet, found):
                self.claim(sheet, found)
                return found
        return None


def still_to_come(said: Mapping[str, Any], fields: Iterable[Field]) -> list[str]:
    """The columns that name what the same file only brings: before that is written a row is looked at no further."""
    return [one.name for one in fields if one.reference and said.get(one.name) == STILL_TO_COME]


def told_by(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """What a record says by column."""
    return {name: getattr(record, name, None) for name in names}


def differing(there: Mapping[str, Any], said: Mapping[str, Any]) -> list[str]:
    """The columns in which a row says something else than what is there."""
    return [name for name, value in said.items() if _plain(there.get(name)) != _plain(value)]


def agreeing(there: Mapping[str, Any], said: Mapping[str, Any]) -> Verdict:
    """A record of this number is there: it says the same, or nobody knows which of the two holds. Raises Refused."""
    if other := differing(there, said):
        told = mark("The portal holds this entry with something else written here. Change it on its page.")
        raise Refused(*(Misfit(name, told) for name in other))
    return Verdict.THERE


def _plain(value: Any) -> Any:
    """A value as a cell can tell it: nothing is nothing, and a moment is told to the minute."""
    return to_the_minute(value) if isinstance(value, datetime) else value or None
