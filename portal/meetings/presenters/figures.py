"""Where a figure of an agenda or a review opens what it counts, for whoever reads it."""

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from flask import url_for

from portal.engine.access import Actor, may_open
from portal.engine.agenda import is_indicator


def opened(user: Actor, opens: str, first: date, last: date) -> str:
    """The address behind a figure of some days (`Told.opens`); nothing where it has none, or none for this reader."""
    if is_indicator(opens):
        days: dict[str, Any] = {"from": first.isoformat(), "to": last.isoformat()}
        return url_for("reports.figure", figure_id=opens, **days) if may_open(user, "reports.figure") else ""
    page, _mark, asked = opens.partition("?")
    arguments: dict[str, Any] = dict(parse_qsl(asked))
    return url_for(page, **arguments) if page and may_open(user, page) else ""
