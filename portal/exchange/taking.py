"""Whose rows leave the portal: of one commune with all that became it, as far as whoever asks may take them along."""

from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, select

from portal.engine.access import Actor, reach, within
from portal.engine.db import db
from portal.organisation.models import Unit, line_of


def code_of(record: Any) -> Any:
    """By the code of its commune, which stays the same in every portal, as no id does."""
    return select(Unit.code).where(Unit.id == record.commune_id).correlate(record).scalar_subquery()


class Taking:
    """An export of *commune*: by a command of everything, or by *reader*, of what their role may take along."""

    def __init__(self, commune: Unit, reader: Actor | None = None) -> None:
        self.commune, self.reader = commune, reader
        self._read: dict[Any, frozenset[int]] = {}

    def within(self, record: Any, right: str = "export") -> tuple[ColumnElement[bool], ...]:
        return (record.commune_id.in_(line_of(self.commune.id)), *self.allowed(record, right))

    def allowed(self, record: Any, right: str = "export") -> tuple[ColumnElement[bool], ...]:
        """The same of records that may be of no commune."""
        return () if self.reader is None else (within(self.reader, right, record),)

    def tells(self, record: Any, id: int) -> bool:
        """Whether what is about a record may be told: to a reader who reads it. All of a kind are asked for at once."""
        if self.reader is None:
            return True
        if record not in self._read:
            found = reach(self.reader, "read", record).with_only_columns(record.id)
            self._read[record] = frozenset(db.session.scalars(found))
        return id in self._read[record]

    def code(self, commune_id: int) -> str | None:
        """The code of a commune, where it is another one than that of the export."""
        return None if commune_id == self.commune.id else self._codes[commune_id]

    @cached_property
    def _codes(self) -> dict[int, str]:
        units = select(Unit.id, Unit.code).where(Unit.id.in_(line_of(self.commune.id)))
        return {row[0]: row[1] for row in db.session.execute(units)}
