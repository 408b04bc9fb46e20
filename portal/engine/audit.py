"""The audit trail: append-only, chained by a keyed hash, written in the transaction of the change it tells of.

A change is one event a record; looking at a protected record, a search by name and a refusal are events too, and are
written before the page is sent. Sensitive values enter as keyed digests, so the chain outlives their pseudonymisation.
The head of the chain is kept beside the database as well, since a chain alone does not see its tail cut off.
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from flask import current_app, g, has_request_context, request
from sqlalchemy import DDL, JSON, BigInteger, Integer, event, insert, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.engine import clock
from portal.engine.db import Base, Kept, db, lock, own_transaction
from portal.engine.keys import keys

CHAIN_LOCK = 1
BEGINNING = "0" * 64
_BOOKKEEPING = {"id", "version", "created_at", "created_by_id", "changed_at", "changed_by_id"}


class Acting(Protocol):
    """As whom somebody acts: the one role that they hold now, and for whom."""

    role: str
    unit_id: int
    on_behalf_of_id: int | None


class Signer(Protocol):
    """Whoever signs events: a user in the role they act in, or a command."""

    @property
    def id(self) -> int | None: ...
    @property
    def acting(self) -> Acting | None: ...


class AuditEvent(Base):
    sequence: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]  # the moment told; of the example commune, the story's
    written_at: Mapped[datetime]  # the moment of the machine
    user_id: Mapped[int | None] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int | None]
    on_behalf_of_id: Mapped[int | None]
    address: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(index=True)
    record_type: Mapped[str] = mapped_column(default="")
    record_id: Mapped[int | None]
    record_version: Mapped[int | None]
    root_type: Mapped[str] = mapped_column(default="")  # the record it belongs to in the end: a self-report's case
    root_id: Mapped[int | None]
    commune_id: Mapped[int | None] = mapped_column(index=True)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    previous_hash: Mapped[str]
    hash: Mapped[str]


_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
APPEND_ONLY = {
    "sqlite": (
        f"CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event {_REFUSE}",
        f"CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event {_REFUSE}",
    ),
    "postgresql": (
        """CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RAISE EXCEPTION ''the audit trail is append-only''; END'""",
        """CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
        FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()""",
    ),
}
for _dialect, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        event.listen(AuditEvent.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]


@dataclass
class Change:
    """What one transaction did to one record."""

    record: Kept
    action: str
    fields: dict[str, list[Any]]


@dataclass
class Writer:
    """The open transaction's pen: who signs, what was changed, and which deed a change was."""

    signer: Signer | None
    changes: dict[Kept, Change]
    deeds: list[tuple[str, Kept | None, dict[str, Any]]]


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


def fields_changed(record: Kept) -> dict[str, list[Any]]:
    """Tell old and new of every column that a flush is about to write."""
    state, found = inspect(record), {}
    for column in state.mapper.column_attrs:
        if column.key in _BOOKKEEPING:
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
    rows = []
    for entry in entries:
        sequence += 1
        row = {**_circumstances(signer), **entry, "sequence": sequence, "previous_hash": previous}
        row["hash"] = previous = seal_row(row)
        rows.append(row)
    session.execute(insert(AuditEvent), rows)
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
        "commune_id": None,
        "changes": {},
    }


def about(record: Kept | None) -> dict[str, Any]:
    """The columns that say which record an event is about."""
    if record is None:
        return {}
    root = root_of(record)
    return {
        "record_type": record.kind_of_record,
        "record_id": record.id,
        "record_version": record.version,
        "root_type": root.kind_of_record,
        "root_id": root.id,
        "commune_id": getattr(root, "commune_id", None) or getattr(record, "commune_id", None),
    }


_SEALED = [column.name for column in AuditEvent.__table__.columns if column.name != "hash"]


def canonical(row: Mapping[str, Any]) -> bytes:
    """Spell an event in the one way that is hashed."""
    spelled = {name: row[name].isoformat() if isinstance(row[name], datetime) else row[name] for name in _SEALED}
    return json.dumps(spelled, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal_row(row: Mapping[str, Any]) -> str:
    return hmac.new(keys().derive("audit chain"), canonical(row), hashlib.sha256).hexdigest()


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


def look(signer: Signer, record: Kept) -> None:
    """Write that somebody looks at a protected record, once a request and record."""
    seen = g.setdefault("looked_at", set())
    if record.protected and (record.kind_of_record, record.id) not in seen:
        seen.add((record.kind_of_record, record.id))
        tell("look", signer, record)


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


def keep_head(head: tuple[int, str]) -> None:
    """Keep the chain's head in a file of its own, on the disk before the answer leaves. It only moves forward."""
    path = head_file()
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        kept = file.read().split()
        if not kept or int(kept[0]) < head[0]:
            file.seek(0)
            file.truncate()
            file.write(f"{head[0]} {head[1]}\n")
            file.flush()
            os.fsync(file.fileno())


def head_file() -> Path:
    return Path(current_app.instance_path) / "audit-head"


@dataclass(frozen=True)
class Broken:
    """Where the chain breaks, and what is wrong there."""

    sequence: int
    why: str  # "changed" | "missing" | "cut off" | "head differs"


def verify(session: Session) -> tuple[int, Broken | None]:
    """Walk the whole chain. Returns how many events stand, and the first broken link if there is one."""
    sequence, previous = 0, BEGINNING
    for row in _rows(session):
        sequence += 1
        if row["sequence"] != sequence:
            return sequence - 1, Broken(sequence, "missing")
        if row["previous_hash"] != previous or not hmac.compare_digest(row["hash"], seal_row(row)):
            return sequence - 1, Broken(sequence, "changed")
        previous = row["hash"]
    return sequence, _compare_head(sequence, session)


def _rows(session: Session) -> Iterator[Any]:
    table = AuditEvent.__table__
    found = session.execute(select(table).order_by(table.c.sequence).execution_options(yield_per=1000))
    yield from found.mappings()


def _compare_head(sequence: int, session: Session) -> Broken | None:
    if not head_file().exists():
        return Broken(sequence, "cut off") if sequence else None
    kept_sequence, kept_hash = head_file().read_text().split()
    if int(kept_sequence) > sequence:
        return Broken(sequence + 1, "cut off")
    there = session.scalar(select(AuditEvent.hash).where(AuditEvent.sequence == int(kept_sequence)))
    return None if there == kept_hash else Broken(int(kept_sequence), "head differs")


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
            record.changed_at, record.changed_by_id = clock.now(), by
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
    for field, (old, new) in fields.items():
        first = change.fields.get(field)
        change.fields[field] = [first[0] if first else old, new]
