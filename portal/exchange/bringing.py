"""An import on its way: for which commune, in whose name, and what of the file was met already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, inspect, select

from portal.engine.access import Actor
from portal.engine.db import Kept, db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.exchange.references import Sought
from portal.organisation.models import Unit, UnitKind, line_of


@dataclass
class Bringing(Sought):
    """*writes* says whether rows are written or only looked at; *by* is None for a command that nobody signs."""

    by: Actor | None = None
    writes: bool = False
    met: set[tuple[str, str]] = field(default_factory=set)
    claimed: set[tuple[str, int]] = field(default_factory=set)

    def first_time(self, sheet: str, key: str) -> bool:
        """Whether a key of a sheet stands in the file for the first time."""
        known = (sheet, key) in self.met
        self.met.add((sheet, key))
        return not known

    def claim(self, sheet: str, record: Kept) -> None:
        self.claimed.add((sheet, record.id))

    def unclaimed(self, sheet: str, among: Select[Any], record: Any, facts: Mapping[str, Any]) -> Any:
        """A record that says just the same and that no other row of the file was found to be."""
        columns = inspect(record).columns
        alike = [
            getattr(record, name).is_(None) if value is None else getattr(record, name) == value
            for name, value in facts.items() if name in columns
        ]  # fmt: skip
        beside = {name: value for name, value in facts.items() if name not in columns}
        for found in db.session.scalars(among.where(record.voided_at.is_(None), *alike).order_by(record.id)):
            says_the_same = all((getattr(found, name) or None) == (value or None) for name, value in beside.items())
            if says_the_same and (sheet, found.id) not in self.claimed:
                self.claim(sheet, found)
                return found
        return None

    def of_commune(self, facts: Mapping[str, Any]) -> int:
        """The commune of which a row is: that of the import, or the one that it names."""
        code = facts.get("commune")
        if not code or code == self.commune.code:
            return self.commune.id
        if ("commune", code) not in self.remembered:
            of_line = select(Unit.id).where(Unit.id.in_(line_of(self.commune.id)), Unit.kind == UnitKind.COMMUNE)
            found = db.session.scalar(of_line.where(Unit.code == code))
            if found is None:
                raise Refused(Misfit("commune", mark("No commune of this code became the one of this portal.")))
            self.remembered["commune", code] = int(found)
        return self.remembered["commune", code]
