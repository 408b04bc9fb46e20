"""How cells name what bears no number of its own: by its name, with its day where two are called so."""

import re
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.engine.db import db
from portal.engine.text import mark
from portal.exchange.reading import Misread
from portal.exchange.references import STILL_TO_COME, Sought
from portal.organisation.models import line_of

_DATED = re.compile(r"(.+) \(([0-9]{2}/[0-9]{2}/[0-9]{4})\)")


class Dated:
    """A record by its name or, of several that are called so, by its name and its day in brackets."""

    def __init__(self, record: type[Any], name: str, day: str, sheet: str) -> None:
        self.record, self.sheet = record, sheet
        self.name, self.day = getattr(record, name), getattr(record, day)
        self._names: dict[int, str] = {}

    def shown(self, id: int) -> str:
        if id not in self._names:
            self._names[id] = self._called(id)
        return self._names[id]

    def found(self, typed: str, scope: Sought) -> int:
        """Raises Misread."""
        key = (str(self.record.__tablename__), typed)
        if key not in scope.remembered:
            scope.remembered[key] = self._found(typed, scope)
        return scope.remembered[key]

    def _called(self, id: int) -> str:
        name, day, commune_id = db.session.execute(
            select(self.name, self.day, self.record.commune_id).where(self.record.id == id)
        ).one()
        alike = select(self.record.id).where(
            self.name == name, self.record.commune_id.in_(line_of(commune_id)), self.record.voided_at.is_(None)
        )
        return str(name) if len(db.session.scalars(alike).all()) < 2 else with_day(name, day)

    def _found(self, typed: str, scope: Sought) -> int:
        here = select(self.record.id, self.name, self.day).where(
            self.record.commune_id.in_(line_of(scope.commune.id)), self.record.voided_at.is_(None)
        )
        dated = _DATED.fullmatch(typed)
        called = dated[1] if dated else typed
        alike = db.session.execute(here.where(self.name.in_((typed, called)))).all()
        exact = [row.id for row in alike if typed in (row[1], with_day(row[1], row[2]))]
        if len(exact) == 1:
            return int(exact[0])
        if not exact and (str(self.record.__tablename__), typed) in scope.coming:
            return STILL_TO_COME
        if exact:
            raise Misread(mark("Several are called so. Please write the day behind it in brackets: (01/07/2025)."))
        raise Misread(mark("There is none of this name."))


def with_day(name: str, day: date) -> str:
    return f"{name} ({day:%d/%m/%Y})"


def coming(record: type[Any], name: str, day: date) -> set[tuple[str, str]]:
    """By which words other rows may name what the file brings."""
    return {(str(record.__tablename__), one) for one in (name, with_day(name, day))}
