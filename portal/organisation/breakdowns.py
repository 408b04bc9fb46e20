"""Figures parted by units: villages as they are called today, forces by their title."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from portal.engine.db import db
from portal.engine.indicators import Breakdown
from portal.engine.text import _l
from portal.organisation.models import Unit


def by_village(column: Any) -> Breakdown:
    return Breakdown("village", _l("By village"), column, _called)


def by_unit(column: Any, label: Any = None) -> Breakdown:
    return Breakdown("unit", label or _l("By force"), column, _called)


def _called(keys: Sequence[Any]) -> dict[Any, str]:
    found = db.session.scalars(select(Unit).where(Unit.id.in_([key for key in keys if key is not None])))
    return {unit.id: unit.title for unit in found}
