"""What a phone sends, as bare Flask takes it: the rows that the portal writes, in one durable commit, and no more.

It trusts every item and draws no duty from them. The head of the trail is not kept beside it: the commit is the only wait.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, current_app, request
from sqlalchemy import func, insert, select, update

from bench.floor import TRAIL

bp = Blueprint("phone", __name__)


@bp.get("/offline/hello")
def hello() -> str:
    return '<input name="csrf_token" value="none">'


@bp.post("/offline/send")
def send() -> dict[str, Any]:
    db, sent, now = current_app.extensions["sqlalchemy"], request.get_json(), datetime.now(UTC).replace(tzinfo=None)
    of: Mapping[str, Any] = db.metadata.tables
    tags, goals, items = of["phone"].c, of["campaign_goal"].c, sent["items"]
    phone = db.session.execute(select(of["phone"]).where(tags.tag == sent["phone"])).one()
    goal = db.session.execute(select(of["campaign_goal"]).where(goals.id == items[0]["about"])).one()
    last = db.session.scalar(select(func.coalesce(func.max(of["pledge"].c.id), 0)))
    number = db.session.scalar(select(func.coalesce(func.max(of["receipt"].c.number), 0)))
    kept = {"commune_id": phone.commune_id, "created_at": now, "changed_at": now, "void_reason": "", "version": 1,
            "created_by_id": phone.user_id, "changed_by_id": phone.user_id, "confirmed_by_id": phone.user_id,
            "confirmed_at": now, "signed_on": now.date(), "state": "confirmed", "reason": "",
            "campaign_id": goal.campaign_id, "village_id": goal.village_id}  # fmt: skip
    given = {"user_id": phone.user_id, "phone_id": phone.id, "commune_id": phone.commune_id, "form": "households.door",
             "record_type": "pledge", "year": now.year, "written_at": now, "received_at": now}  # fmt: skip
    doors = [int(dict(one["typed"])["household"]) for one in items]
    db.session.execute(insert(of["pledge"]), [
        {**kept, "id": last + place, "household_id": door} for place, door in enumerate(doors, 1)
    ])  # fmt: skip
    db.session.execute(insert(of["receipt"]), [
        {**given, "send_id": one["id"], "content": _digest(one), "record_id": last + place, "number": number + place,
         "phone_said": one["written"]}
        for place, one in enumerate(items, 1)
    ])  # fmt: skip
    db.session.execute(update(of["phone"]).where(tags.id == phone.id).values(seen_at=now, waiting=sent["waiting"]))
    TRAIL.append(
        db.session.connection().connection.driver_connection,
        [*(_event(phone, last + place, door) for place, door in enumerate(doors, 1)), _event(phone, goal.id, 0)],
    )
    db.session.commit()
    told = [{"id": one["id"], "state": "received", "number": number + place} for place, one in enumerate(items, 1)]
    return {"answers": told, "lost": []}


def _digest(item: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(item).encode()).hexdigest()


def _event(phone: Any, id: int, door: int) -> dict[str, Any]:
    fields = {"household_id": [None, door], "state": [None, "confirmed"]}
    about = {"record_type": "pledge", "record_id": id, "record_version": 1, "root_type": "pledge", "root_id": id}
    return {**about, "user_id": phone.user_id, "action": "confirm_pledge", "changes": fields}
