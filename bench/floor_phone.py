"""What a phone sends, as the floor takes it: the rows that the portal writes, in one durable commit, and no more.

It trusts every item, and draws no duty from them. The head of the trail is not kept beside it: the commit is the only wait.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.floor import Page, Visit

PHONE = "SELECT id, commune_id FROM phone WHERE user_id = ? AND tag = ?"
GOAL = "SELECT id, campaign_id, village_id FROM campaign_goal WHERE id = ?"
PLEDGE = """INSERT INTO pledge (id, commune_id, signed_on, state, confirmed_at, confirmed_by_id, reason, campaign_id,
    household_id, village_id, created_at, created_by_id, changed_at, changed_by_id, void_reason, version)
    VALUES (?, ?, ?, 'confirmed', ?, ?, '', ?, ?, ?, ?, ?, ?, ?, '', 1)"""
RECEIPT = """INSERT INTO receipt (user_id, phone_id, commune_id, send_id, content, form, record_type, record_id, year,
    number, written_at, phone_said, received_at) VALUES (?, ?, ?, ?, ?, 'households.door', 'pledge', ?, ?, ?, ?, ?, ?)"""


def send(visit: "Visit") -> "Page":
    from bench.floor import COOKIE_KEY, TRAIL

    sent = json.loads(visit.environ["wsgi.input"].read(int(visit.environ["CONTENT_LENGTH"])))
    if visit.environ.get("HTTP_X_CSRFTOKEN") != visit.csrf():
        return "400 Bad Request", "", []
    rows, items, me, now = visit.rows, sent["items"], visit.user_id, f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
    rows.execute("COMMIT")
    rows.execute("BEGIN IMMEDIATE")
    phone, commune = rows.execute(PHONE, (me, sent["phone"])).fetchone()
    goal, campaign, village = rows.execute(GOAL, (items[0]["about"],)).fetchone()
    last, number = _last(rows, "id", "pledge"), _last(rows, "number", "receipt")
    doors = [dict(one["typed"])["household"] for one in items]
    rows.executemany(PLEDGE, [
        (last + place, commune, visit.today.isoformat(), now, me, campaign, door, village, now, me, now, me)
        for place, door in enumerate(doors, 1)
    ])  # fmt: skip
    rows.executemany(RECEIPT, [
        (me, phone, commune, one["id"], _digest(COOKIE_KEY, one), last + place, visit.today.year, number + place, now,
         one["written"], now)
        for place, one in enumerate(items, 1)
    ])  # fmt: skip
    events = [_event(visit, last + place, door) for place, door in enumerate(doors, 1)]
    TRAIL.append(rows, [*events, visit.event("confirm_pledges", {"count": len(items)}, {"record_id": goal})])
    rows.execute("UPDATE phone SET seen_at = ?, waiting = ? WHERE id = ?", (now, sent["waiting"], phone))
    rows.execute("COMMIT")
    told = [{"id": one["id"], "state": "received", "number": number + place} for place, one in enumerate(items, 1)]
    return "200 OK", json.dumps({"answers": told, "lost": []}), []


def _last(rows: Any, column: str, table: str) -> int:
    return int(rows.execute(f"SELECT coalesce(max({column}), 0) FROM {table}").fetchone()[0])


def _digest(key: bytes, item: dict[str, Any]) -> str:
    return hmac.new(key, json.dumps(item).encode(), hashlib.sha256).hexdigest()


def _event(visit: "Visit", id: int, door: str) -> dict[str, Any]:
    fields = {"household_id": [None, int(door)], "state": [None, "confirmed"], "signed_on": [None, str(visit.today)]}
    about = {"record_type": "pledge", "record_id": id, "record_version": 1, "root_type": "pledge", "root_id": id}
    return visit.event("confirm_pledge", fields, about)
