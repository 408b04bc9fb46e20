"""An import on its way: for which commune, in whose name, and what of the file was met already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from portal.engine.access import Actor
from portal.engine.db import Kept, db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.exchange.moments import to_the_minute
from portal.exchange.references import STILL_TO_COME, Sought
from portal.exchange.sheet import Field, Verdict
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

    def of_commune(self, facts: Mapping[str, Any]) -> int:
        """The commune that a row names by its code, of those that became this one; this one where none is named."""
        code = facts.get("commune")
        if not code or code == self.commune.code:
            return self.commune.id
        of_line = select(Unit.id).where(Unit.id.in_(line_of(self.commune.id)), Unit.kind == UnitKind.COMMUNE)
        found = db.session.scalar(of_line.where(Unit.code == code))
        if found is None and not self.writes and ("unit", code) in self.coming:
            return STILL_TO_COME
        if found is None:
            raise Refused(Misfit("commune", mark("No commune of this code became the one of this portal.")))
        return int(found)

    def unclaimed(self, sheet: str, among: Select[Any], record: Any, facts: Mapping[str, Any]) -> Any:
        """A record that says just the same and that no other row of the file was found to be."""
        alike = [
            getattr(record, name).is_(None) if value is None else getattr(record, name) == value
            for name, value in facts.items()
        ]
        for found in db.session.scalars(among.where(record.voided_at.is_(None), *alike).order_by(record.id)):
            if (sheet, found.id) not in self.claimed:
                self.claim(sheet, found)
                return found
        return None


def names_what_comes(said: Mapping[str, Any], fields: Sequence[Field]) -> bool:
    """Whether a row names what the same file only brings: before that is written it can be looked at no further."""
    return any(one.reference is not None and said.get(one.name) == STILL_TO_COME for one in fields)


def agreeing(there: Mapping[str, Any], said: Mapping[str, Any], fields: Sequence[Field]) -> Verdict:
    """A record of this number is there: it says the same, or nobody knows which of the two holds."""
    other = [one for one in fields if _same(there.get(one.name)) != _same(said.get(one.name))]
    if other:
        told = mark("The portal holds this entry with something else written here. Change it on its page.")
        raise Refused(*(Misfit(one.name, told) for one in other))
    return Verdict.THERE


def _same(value: Any) -> Any:
    """A value as a cell can tell it: nothing is nothing, and a moment is told to the minute."""
    return to_the_minute(value) if isinstance(value, datetime) else value or None
