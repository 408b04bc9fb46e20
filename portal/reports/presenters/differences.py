"""Differences of figures with the records behind them, as far as the reader may open those."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.engine.access import Actor, within
from portal.engine.db import db
from portal.reports import catalogue
from portal.reports.comparing import Difference
from portal.reports.models import ManualFigure
from portal.reports.presenters.page import in_number
from portal.reports.rows import Row, drawn, listed, told_as_listed

MOST_ROWS = 20


@dataclass(frozen=True)
class DifferenceShown:
    """*hidden*: how many records more there are than the reader may open, or the page has room for. *known*: whether
    the records of both sides are of this portal."""

    label: str
    before: str
    now: str
    came: Sequence[Row]
    went: Sequence[Row]
    hidden_came: int
    hidden_went: int
    known: bool


def shown(found: Iterable[Difference], reader: Actor) -> list[DifferenceShown]:
    rows: Counter[type[Any]] = Counter()
    told = [_shown(one, reader, rows) for one in found]
    told_as_listed(reader, rows)
    return told


def _shown(one: Difference, reader: Actor, rows: Counter[type[Any]]) -> DifferenceShown:
    """*rows* counts what is shown of each kind of record."""
    record = _record_of(one.id)
    came, went = (_rows(record, ids, reader) if record else [] for ids in (one.came, one.went))
    if record:
        rows[record] += len(came) + len(went)
    declared = catalogue.indicator(one.id)
    return DifferenceShown(
        str(declared.label) if declared else one.label, in_number(one.before), in_number(one.now), came, went,
        len(one.came) - len(came), len(one.went) - len(went), one.known,
    )  # fmt: skip


def _record_of(id: str) -> Any:
    one = catalogue.indicator(id)
    return ManualFigure if catalogue.is_typed(id) else one.record if one else None


def _rows(record: Any, ids: Sequence[int], reader: Actor) -> list[Row]:
    """Struck out or not: what counts no more may be just that."""
    if not ids:
        return []
    kind = listed(record)
    asked = select(record).where(record.id.in_(ids[:500]), within(reader, "read", record))
    found = db.session.scalars(asked.options(*kind.options).order_by(kind.by, record.id).limit(MOST_ROWS)).unique()
    return drawn(record, found.all(), reader)
