"""The search at the top of every page: a number opens its record, whatever that is; a name is looked for in cases."""

import re
from typing import Any

from flask import current_app

from portal.engine.access import Actor, reach
from portal.engine.db import db
from portal.engine.letters import plain

_NUMBER = re.compile(r"[^\W\d_]{1,6}-[0-9]{4}-[0-9]{1,6}")


def numbered(reader: Actor, typed: str) -> tuple[str, int] | None:
    """The page and the id of the record that bears a number, if the reader may open it; that of their own commune
    before that of one which was taken over."""
    number = plain(typed).strip().upper()
    if not _NUMBER.fullmatch(number):
        return None
    for record, page in _with_numbers():
        found = reach(reader, "read", record).where(record.number == number).with_only_columns(record.id)
        own = record.commune_id == (reader.acting.commune_id if reader.acting else 0)
        if (found_id := db.session.scalar(found.order_by(None).order_by(own.desc()).limit(1))) is not None:
            return page, found_id
    return None


def _with_numbers() -> list[tuple[Any, str]]:
    areas = current_app.extensions["areas"]
    kinds: list[tuple[Any, str]] = [one for area in areas for one in area.subjects]
    return [(kind, page) for kind, page in kinds if hasattr(kind, "number") and hasattr(kind, "commune_id")]
