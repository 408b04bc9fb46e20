"""What is asked of every book."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.books.models import Entry
from portal.engine.access import Actor, reach
from portal.engine.audit import AuditEvent
from portal.engine.db import db

MOST_ALIKE = 5  # entries that are shown beside a new one which perhaps repeats them
MAY_LACK = "village_id"
NO_CHANGE = ("look", "refused", "search", "list", "export", "download", "print", "ignored")


def perhaps_the_same(
    reader: Actor, record: type[Entry], commune_id: int, names: Sequence[str], told: Mapping[int, Mapping[str, Any]]
) -> dict[int, list[Entry]]:
    """Entries that stand and agree with facts in all the named fields, the latest few, by the key of the facts; none
    where one of these is empty, save the village, of which none may be known to either. One question for all. Whoever
    may not read an entry does not learn that it is there."""
    whole = {key: [facts.get(name) for name in names] for key, facts in told.items() if names}
    whole = {key: values for key, values in whole.items() if _says_enough(names, values)}
    if not whole:
        return {}
    alike = or_(*(and_(*_agreeing(record, names, values)) for values in whole.values()))
    here = record.commune_id == commune_id, record.voided_at.is_(None)
    found = reach(reader, "read", record).where(*here, alike).order_by(record.id.desc())
    there = [([getattr(one, name) for name in names], one) for one in db.session.scalars(found).unique()]
    return {key: [one for known, one in there if known == values][:MOST_ALIKE] for key, values in whole.items()}


def _says_enough(names: Sequence[str], values: Sequence[Any]) -> bool:
    return not any(one in (None, "") for name, one in zip(names, values, strict=True) if name != MAY_LACK)


def _agreeing(record: type[Entry], names: Sequence[str], values: Sequence[Any]) -> list[ColumnElement[bool]]:
    return [_column(record, name) == value for name, value in zip(names, values, strict=True)]


def _column(record: type[Entry], name: str) -> InstrumentedAttribute[Any]:
    column: InstrumentedAttribute[Any] = getattr(record, name)
    return column


def changes_of(entry: Entry, most: int | None = None) -> list[AuditEvent]:
    """What was done to an entry and to its lines, the latest first."""
    found = (
        select(AuditEvent)
        .where(AuditEvent.root_type == entry.kind_of_record, AuditEvent.root_id == entry.id)
        .where(AuditEvent.action.not_in(NO_CHANGE))
        .order_by(AuditEvent.sequence.desc())
        .limit(most)
    )
    return list(db.session.scalars(found))


def years_of(found: Select[Any], on: Any) -> list[int]:
    """The years in which there are entries, the latest first."""
    days = db.session.scalars(found.with_only_columns(on).where(on.is_not(None)).distinct().order_by(None))
    return sorted({day.year for day in days}, reverse=True)
