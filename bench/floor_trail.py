"""The audit trail of the floor: the same columns, the same chain, the same head on the disk."""

import fcntl
import hashlib
import hmac
import json
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

COLUMNS = (
    "sequence", "at", "written_at", "user_id", "role", "unit_id", "on_behalf_of_id", "address", "action", "record_type",
    "record_id", "record_version", "root_type", "root_id", "commune_id", "changes", "previous_hash",
)  # fmt: skip
INSERT = f"INSERT INTO audit_event ({', '.join(COLUMNS)}, hash) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
EMPTY = {**dict.fromkeys(COLUMNS), "role": "", "address": "", "record_type": "", "root_type": ""}


def spell(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Trail:
    """Appends events and keeps the head; verified by the portal's own `audit verify`."""

    def __init__(self, head: Path, chain_key: bytes, value_key: bytes) -> None:
        self.head, self.chain_key, self.value_key = head, chain_key, value_key

    def digest(self, text: str) -> str:
        return hmac.new(self.value_key, text.encode(), hashlib.sha256).hexdigest()[:32]

    def append(self, rows: sqlite3.Connection, events: list[dict[str, Any]]) -> tuple[int, str]:
        last = rows.execute("SELECT sequence, hash FROM audit_event ORDER BY sequence DESC LIMIT 1").fetchone()
        sequence, previous = last or (0, "0" * 64)
        now = datetime.now(UTC)
        for event in events:
            sequence += 1
            kept = {
                **EMPTY,
                **event,
                "sequence": sequence,
                "previous_hash": previous,
                "changes": spell(event["changes"]),
            }
            kept["at"] = kept["written_at"] = now.isoformat()
            previous = hmac.new(self.chain_key, spell(kept).encode(), hashlib.sha256).hexdigest()
            kept["at"] = kept["written_at"] = f"{now:%Y-%m-%d %H:%M:%S.%f}"
            rows.execute(INSERT, (*(kept[name] for name in COLUMNS), previous))
        return sequence, previous

    def keep(self, head: tuple[int, str]) -> None:
        with os.fdopen(os.open(self.head, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            before = file.read().split()
            if not before or int(before[0]) < head[0]:
                file.seek(0)
                file.write(f"{head[0]:020d} {head[1]}\n")
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
