"""The audit trail: append-only, chained by a keyed hash, written in the transaction of the change it tells of.

A change is one event a record; looking at a protected record, a search by name and a refusal are events too, and are
written before the page is sent. Sensitive values enter as keyed digests, so the chain outlives their pseudonymisation.
The head of the chain is kept beside the database as well, since a chain alone does not see its tail cut off.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, cast

from flask import g, has_request_context, request
from sqlalchemy import Table, event, insert, inspect, select
from sqlalchemy.orm import ColumnProperty, Session

from portal.engine import clock
from portal.engine.chain import (
    APPEND_ONLY,
    BEGINNING,
    AuditEvent,
    Broken,
    canonical,
    chain_key,
    keep_head,
    seal,
    verify,
)
from portal.engine.db import Kept, db, lock, own_transaction
from portal.engine.keys import keys

__all__ = [
    "APPEND_ONLY", "Acting", "AuditEvent", "Broken", "Signer", "Writer", "append", "digest", "keep_head", "look",
    "looked_at", "note", "tell", "time_told", "verify",
]  # fmt: skip

CHAIN_LOCK = 1
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T|\Z)")
_BOOKKEEPING = {"id", "version", "created_at", "created_by_id", "changed_at", "changed_by_id"}


class Acting(Protocol):
    """As whom somebody acts: the one role that they hold now, and for whom."""

    role: str
    unit_id: int
    on_behalf_of_id: int | None
    capacity: str

    @property
    def commune_id(self) -> int: ...


class Signer(Protocol):
    """Whoever signs events: a user in the role they act in, or a command."""

    @property
    def id(self) -> int | None: ...
    @property
    def acting(self) -> Acting | None: ...


@dataclass
class Change:
    """What one transaction did to one record."""

    record: Kept
    action: str
    fields: dict[str, list[Any]]


@dataclass
class Writer:
    """The open transaction's pen: who signs, what was changed, and which deed a change was.

    All of it is done at one moment: so one can tell by which step a record became what it is.
    """

    signer: Signer | None
    changes: dict[Kept, Change]
    deeds: list[tuple[str, Kept | None, dict[str, Any]]]
    at: datetime = field(default_factory=clock.now)


def digest(text: str) -> str:
    return keys().digest("audit value", text)[:32]


def value_of(field: str, value: Any, sensitive: frozenset[str]) -> Any:
    if value is None or value == "":
        return value
    if field in sensitive:
        return "#" + digest(str(value))
    if isinstance(value, datetime):
        return value.astimezone(clock.VIETNAM).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int) else str(value)


def time_told(text: str) -> date | datetime | None:
    """Read a day or a moment as `value_of` wrote it; None of any other text, though it may look like one."""
    if not _TIME.match(text):
        return None
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None


def fields_changed(record: Kept) -> dict[str, list[Any]]:
    """Tell old and new of every column that a flush is about to write."""
    state, found = inspect(record), {}
    for column in state.mapper.column_attrs:
        if column.key in _BOOKKEEPING or column.key not in state.committed_state:  # what nobody set has no history
            continue
        history = state.attrs[column.key].history
        if history.has_changes() and (history.added or history.deleted):
            old = history.deleted[0] if history.deleted else None
            new = history.added[0] if history.added else None
            if old != new:
                found[column.key] = [value_of(column.key, one, record.sensitive) for one in (old, new)]
    return found


def root_of(record: Kept) -> Kept:
    """Climb from a record to the one it belongs to in the end."""
    while record.parent:
        above = getattr(record, record.parent)
        if above is None:
            return record
        record = above
    return record


def append(session: Session, signer: Signer | None, entries: list[dict[str, Any]]) -> None:
    """Chain events to the trail within the session's transaction."""
    if not entries:
        return
    lock(session.connection(), CHAIN_LOCK)
    last = session.execute(
        select(AuditEvent.sequence, AuditEvent.hash).order_by(AuditEvent.sequence.desc()).limit(1)
    ).first()
    sequence, previous = (last.sequence, last.hash) if last else (0, BEGINNING)
    rows, key, circumstances = [], chain_key(), _circumstances(signer)
    for entry in entries:
        sequence += 1
        row = {**circumstances, **entry, "sequence": sequence, "previous_hash": previous}
        row["hash"] = previous = seal(canonical(row), key)
        rows.append(row)
    session.execute(insert(cast(Table, AuditEvent.__table__)), rows)
    session.info["audit_head"] = (sequence, previous)


def _circumstances(signer: Signer | None) -> dict[str, Any]:
    acting = signer.acting if signer else None
    return {
        "at": clock.now(),
        "written_at": clock.written_now(),
        "user_id": signer.id if signer else None,
        "role": str(acting.role) if acting else "",
        "unit_id": acting.unit_id if acting else None,
        "on_behalf_of_id": acting.on_behalf_of_id if acting else None,
        "address": (request.remote_addr or "") if has_request_context() else "",
        "record_type": "",
        "record_id": None,
        "record_version": None,
        "root_type": "",
        "root_id": None,
        "commune_id": acting.commune_id if acting else None,  # of whom acts, where no record says another
        "changes": {},
    }


def about(record: Kept | None) -> dict[str, Any]:
    """The columns that say which record an event is about."""
    if record is None:
        return {}
    root = root_of(record)
    commune_id = getattr(root, "commune_id", None) or getattr(record, "commune_id", None)
    return {
        "record_type": record.kind_of_record,
        "record_id": record.id,
        "record_version": record.version,
        "root_type": root.kind_of_record,
        "root_id": root.id,
        **({"commune_id": commune_id} if commune_id else {}),
    }


def note(action: str, record: Kept | None = None, **details: Any) -> None:
    """Name the deed that the open transaction does to a record; the change itself is collected at the flush."""
    writer: Writer = db.session.info["writer"]
    writer.deeds.append((action, record, details))


def tell(action: str, signer: Signer | None, record: Kept | None = None, **details: Any) -> None:
    """Write an event that is no change (a look, a search, a refusal), at once and for good.

    If it cannot be written the error goes up, and the page is not sent.
    """
    entry = {**about(record), "action": action, "changes": details}
    with own_transaction() as session:
        append(session, signer, [entry])
    keep_head(session.info["audit_head"])


def look(signer: Signer, record: Kept, told_as: str = "look") -> None:
    """Write that somebody looks at a protected record, or takes it along, once a request and record."""
    seen = g.setdefault("looked_at", set())
    if record.protected and (record.kind_of_record, record.id) not in seen:
        seen.add((record.kind_of_record, record.id))
        tell(told_as, signer, record)


def looked_at(signer: Signer, record: Kept, version: int) -> bool:
    """Whether somebody was shown a protected record as it stood in this version."""
    shown = select(AuditEvent.sequence).where(
        AuditEvent.user_id == signer.id,
        AuditEvent.action == "look",
        AuditEvent.record_type == record.kind_of_record,
        AuditEvent.record_id == record.id,
        AuditEvent.record_version == version,
    )
    return bool(db.session.scalar(select(shown.exists())))


def entries_of(writer: Writer) -> list[dict[str, Any]]:
    """Make the events of a transaction: each named deed, then each change that no deed named."""
    told, entries = set(), []
    for action, record, details in writer.deeds:
        change = writer.changes.get(record) if record is not None else None
        fields = change.fields if change and record not in told else {}
        told.add(record)
        entries.append({**about(record), "action": action, "changes": {**fields, **details}})
    for record, change in writer.changes.items():
        if record not in told and (change.fields or change.action == "create"):
            entries.append({**about(record), "action": change.action, "changes": change.fields})
    return entries


def deeds_of(writer: Writer) -> Iterator[tuple[str, Kept]]:
    """What was done to which record: the named deeds, and what was made."""
    for action, record, _details in writer.deeds:
        if record is not None:
            yield action, record
    for record, change in writer.changes.items():
        if change.action == "create":
            yield "create", record


@event.listens_for(Kept, "attribute_instrument", propagate=True)
def _know_what_was_there(_class: type[Kept], key: str, attribute: Any) -> None:
    """Let a column read its old value before it takes a new one: the trail tells both, of any record."""
    if key not in _BOOKKEEPING and isinstance(getattr(attribute, "property", None), ColumnProperty):
        event.listen(attribute, "set", _nothing_else, active_history=True)


def _nothing_else(*_set: Any) -> None:
    """To listen is enough."""


@event.listens_for(Session, "before_flush")
def _only_within_a_transaction(session: Session, _context: Any, _instances: Any) -> None:
    kept = [record for record in (*session.new, *session.dirty, *session.deleted) if isinstance(record, Kept)]
    if not kept:
        return
    writer: Writer | None = session.info.get("writer")
    if writer is None:
        if any(session.is_modified(record) or record in session.new for record in kept):
            raise RuntimeError("Nothing is written outside of a transaction.")
        return
    if any(isinstance(record, Kept) for record in session.deleted):
        raise RuntimeError("Nothing that was kept is deleted; it is closed or voided.")
    by = writer.signer.id if writer.signer else None
    for record in kept:
        fresh = record in session.new
        if fresh or session.is_modified(record, include_collections=False):
            record.changed_at, record.changed_by_id = writer.at, by
        if fresh and record.created_by_id is None:
            record.created_by_id = by


@event.listens_for(Session, "after_flush")
def _collect(session: Session, _context: Any) -> None:
    writer: Writer | None = session.info.get("writer")
    if writer is None:
        return
    for record in (*session.new, *session.dirty):
        if isinstance(record, Kept):
            fresh = record in session.new
            _collect_one(writer, record, "create" if fresh else "change")


def _collect_one(writer: Writer, record: Kept, action: str) -> None:
    fields = fields_changed(record)
    if not fields and action == "change":
        return
    change = writer.changes.setdefault(record, Change(record, action, {}))
    for column, (old, new) in fields.items():
        first = change.fields.get(column)
        change.fields[column] = [first[0] if first else old, new]
