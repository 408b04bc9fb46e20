"""What is asked of every book."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.books.models import Entry
from portal.engine.audit import AuditEvent
from portal.engine.db import db

NO_CHANGE = ("look", "refused", "search", "list", "export", "download", "print", "ignored")


def standing(record: type[Entry]) -> Select[Any]:
    return select(record).where(record.voided_at.is_(None))


def perhaps_the_same(
    record: type[Entry], commune_id: int, names: Sequence[str], facts: Mapping[str, Any]
) -> list[Entry]:
    """Entries that stand and agree with the facts in all the named fields; none where one of these is empty."""
    if not names or any(facts.get(name) in (None, "") for name in names):
        return []
    alike: list[ColumnElement[bool]] = [_column(record, name) == facts[name] for name in names]
    found = standing(record).where(record.commune_id == commune_id, *alike).order_by(record.id.desc()).limit(5)
    return list(db.session.scalars(found))


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
