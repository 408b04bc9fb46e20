"""The chain of audit events: how one is spelled and sealed, its head kept beside the database, its verification.

`hash = HMAC-SHA-256(key, canonical(event))`, and each event holds the hash of the one before. A chain alone does not
see its tail cut off: its head, the last number and hash, is therefore kept in a file of its own, and elsewhere.
"""

import fcntl
import hashlib
import hmac
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import DDL, BigInteger, Integer, RowMapping, Text, event, func, select, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.types import NullType, TypeDecorator

from portal.engine.db import Base
from portal.engine.keys import keys

BEGINNING = "0" * 64


class Spelled(TypeDecorator[dict[str, Any]]):
    """A mapping kept as text in the one spelling that is hashed, so that not even a letter's case can change unseen."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else spell(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else json.loads(value)


def spell(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
    changes: Mapped[dict[str, Any]] = mapped_column(Spelled, default=dict)
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


_SEALED = [column.name for column in AuditEvent.__table__.columns if column.name != "hash"]


def canonical(row: Mapping[str, Any]) -> bytes:
    """Spell an event in the one way that is hashed: moments in UTC, changes as the text that is kept."""
    spelled = {
        name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
        for name, value in ((name, row[name]) for name in _SEALED)
    }
    return spell(spelled | {"changes": spell(row["changes"])}).encode()


def chain_key() -> bytes:
    return keys().derive("audit chain")


def seal(spelled: bytes, key: bytes) -> str:
    return hmac.new(key, spelled, hashlib.sha256).hexdigest()


Head = tuple[int, str]


def keep_head(head: Head) -> None:
    """Keep the chain's head in a file of its own, on the disk before the answer leaves. It only moves forward.

    The line has one length and is written over the old one at once, so that a power cut leaves the one or the other.
    """
    with os.fdopen(os.open(head_file(), os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        kept = head_in(file.read())
        if kept is None or kept[0] < head[0]:
            file.seek(0)
            file.write(f"{head[0]:020d} {head[1]}\n")
            file.truncate()
            file.flush()
            os.fsync(file.fileno())


def head_file() -> Path:
    return Path(current_app.instance_path) / "audit-head"


def head_in(text: str) -> Head | None:
    """Read a head, "number hash", from a file or from paper; None if this is none."""
    found = re.fullmatch(r"\s*([0-9]+)[\s:]+([0-9a-f]{64})\s*", text)
    return (int(found[1]), found[2]) if found else None


def kept_head() -> Head | None:
    """The head in its file; None if there is no file, or no head in it."""
    try:
        return head_in(head_file().read_text("ascii", "replace"))
    except FileNotFoundError:
        return None


@dataclass(frozen=True)
class Broken:
    """Where the chain breaks, and what is wrong there."""

    sequence: int
    why: str  # "changed" | "missing" | "cut off" | "head differs" | "head lost"


def verify(session: Session, *heads: Head) -> tuple[int, Broken | None]:
    """Walk the whole chain. Returns how many events stand, and the first broken link if there is one.

    The head is compared with the one in its file and with *heads* noted elsewhere (in a backup, on paper). It is read
    before the walk, since others go on writing.
    """
    kept, key = kept_head(), chain_key()
    wanted = dict([*heads, *([kept] if kept else [])])
    sequence, previous = 0, BEGINNING
    for row in _rows(session):
        sequence += 1
        if row is None:
            return sequence - 1, Broken(sequence, "changed")
        if row["sequence"] != sequence:
            return sequence - 1, Broken(sequence, "missing")
        if row["previous_hash"] != previous or not hmac.compare_digest(str(row["hash"]), seal(_as_kept(row), key)):
            return sequence - 1, Broken(sequence, "changed")
        previous = row["hash"]
        if wanted.pop(sequence, previous) != previous:
            return sequence - 1, Broken(sequence, "head differs")
    if wanted:
        return sequence, Broken(sequence + 1, "cut off")
    return sequence, Broken(sequence, "head lost") if sequence and kept is None else None


def is_of_these_keys(session: Session) -> bool:
    """Whether the keys at hand sealed the chain: its first event or its newest, for one may be tampered with."""
    newest = session.scalar(select(func.max(AuditEvent.sequence)))
    if newest is None:
        return True
    ends = (*_read(session, None, 1), *_read(session, newest - 1, 1))
    return any(hmac.compare_digest(str(row["hash"]), seal(_as_kept(row), chain_key())) for row in ends)


_KEPT_AS = "%Y-%m-%d %H:%M:%S.%f"
_READ_AT_ONCE = 1000


def _as_kept(row: RowMapping) -> bytes:
    """Spell an event from what lies in the database, letter by letter: nothing is read with indulgence."""
    spelled = {name: _moment(row[name]) if name in ("at", "written_at") else row[name] for name in _SEALED}
    return json.dumps(spelled, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=repr).encode(
        errors="surrogatepass"
    )


def _moment(value: Any) -> Any:
    """SQLite keeps a moment as text: only the very text that we write is that moment."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    try:
        read = datetime.strptime(str(value), _KEPT_AS).replace(tzinfo=UTC)
    except ValueError:
        return f"unreadable: {value!r}"
    return read.isoformat() if read.strftime(_KEPT_AS) == value else f"spelled otherwise: {value!r}"


def _rows(session: Session) -> Iterator[RowMapping | None]:
    """The events as they lie in the database, in their order; None for the first that cannot even be read."""
    after: int | None = None
    while True:
        try:
            rows = _read(session, after, _READ_AT_ONCE)
        except (SQLAlchemyError, ValueError):
            rows = None
        if rows is None:
            yield from _one_by_one(session, after)
            return
        yield from rows
        if len(rows) < _READ_AT_ONCE:
            return
        after = rows[-1]["sequence"]


def _one_by_one(session: Session, after: int | None) -> Iterator[RowMapping | None]:
    """Read up to the event that cannot be read, and give None for it."""
    while True:
        try:
            rows = _read(session, after, 1)
        except (SQLAlchemyError, ValueError):
            yield None
            return
        if not rows:
            return
        yield rows[0]
        after = rows[0]["sequence"]


def _read(session: Session, after: int | None, most: int) -> Sequence[RowMapping]:
    """Read some events without any interpretation of their columns."""
    table = AuditEvent.__table__
    raw = select(*(type_coerce(column, NullType()).label(column.name) for column in table.columns))
    following = raw if after is None else raw.where(table.c.sequence > after)
    return session.execute(following.order_by(table.c.sequence).limit(most)).mappings().all()
