"""Differences of figures with the records behind them, as far as the reader may open those."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.engine.access import Actor, ask_ahead, within
from portal.engine.db import db
from portal.reports import catalogue
from portal.reports.comparing import Difference
from portal.reports.models import ManualFigure
from portal.reports.presenters.page import in_number
from portal.reports.rows import Row, listed

MOST_ROWS = 20


@dataclass(frozen=True)
class DifferenceShown:
    """*hidden*: how many records more there are than the reader may open, or the page has room for."""

    label: str
    before: str
    now: str
    came: Sequence[Row]
    went: Sequence[Row]
    hidden_came: int
    hidden_went: int


def shown(found: Iterable[Difference], reader: Actor) -> list[DifferenceShown]:
    return [_shown(one, reader) for one in found]


def _shown(one: Difference, reader: Actor) -> DifferenceShown:
    came, went = _rows(one.id, one.came, reader), _rows(one.id, one.went, reader)
    declared = catalogue.indicator(one.id)
    return DifferenceShown(
        str(declared.label) if declared else one.label, in_number(one.before), in_number(one.now), came, went,
        len(one.came) - len(came), len(one.went) - len(went),
    )  # fmt: skip


def _rows(id: str, ids: Sequence[int], reader: Actor) -> list[Row]:
    """Struck out or not: what counts no more may be just that."""
    one = catalogue.indicator(id)
    record: Any = ManualFigure if catalogue.is_typed(id) else one.record if one else None
    if record is None or not ids:
        return []
    kind = listed(record)
    asked = select(record).where(record.id.in_(ids[:500]), within(reader, "read", record))
    found = db.session.scalars(asked.options(*kind.options).order_by(kind.by, record.id).limit(MOST_ROWS)).unique()
    records = found.all()
    if kind.people:
        ask_ahead(reader, [kind.people(record) for record in records])
    return [kind.row(record) for record in records]
