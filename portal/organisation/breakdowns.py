"""Figures parted by units: villages and forces as they were called on the last day, and no two of them alike."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.engine.db import db
from portal.engine.indicators import LEAST_PEOPLE, Breakdown
from portal.engine.text import _l
from portal.organisation.models import Unit


def by_village(column: Any) -> Breakdown:
    return Breakdown("village", _l("By village"), column, _called)


def people_by_village(column: Any, people: Any) -> Breakdown:
    """The same where the record is of somebody whom not every reader of the figures may know of."""
    few = _l("Villages with fewer than %(least)s people each", least=LEAST_PEOPLE)
    return Breakdown("village", _l("By village"), column, _called, people, few)


def by_unit(column: Any, label: Any = None) -> Breakdown:
    return Breakdown("unit", label or _l("By force"), column, _called)


def _called(keys: Sequence[Any], day: date) -> dict[Any, str]:
    """Units by their title of a day; those that share one also by their commune, else by their code, which is theirs
    alone."""
    found = select(Unit).where(Unit.id.in_([key for key in keys if key is not None])).options(joinedload(Unit.commune))
    units = db.session.scalars(found).all()
    names = {unit.id: unit.title_on(day) for unit in units}
    for apart in (_with_commune, _with_code):
        shared = Counter(names.values())
        names |= {unit.id: apart(unit, unit.title_on(day)) for unit in units if shared[names[unit.id]] > 1}
    return names


def _with_commune(unit: Unit, title: str) -> str:
    return f"{title} ({unit.commune.name})" if unit.commune else title


def _with_code(unit: Unit, title: str) -> str:
    return f"{title} ({unit.code})"
