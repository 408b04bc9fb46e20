"""What a request brings, before anybody reads it: text in strict UTF-8, not too much of it, and ids that can be."""

import re
from datetime import date
from urllib.parse import unquote_to_bytes

from flask import Flask, abort, current_app, request
from werkzeug.routing import IntegerConverter, Map

FORM = "application/x-www-form-urlencoded"
MOST_FILTERS = 100  # names in an address
MOST_ADDRESS = 4000  # bytes of a path with its filters, as they are sent; the server takes 8190
MOST_ID = 2**31 - 1  # what an id column holds on either engine
_ID = re.compile(r"[1-9][0-9]{0,9}")
_DAY, _TYPED = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"), re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
FIRST_YEAR, LAST_YEAR = 1900, 2200


class RecordId(IntegerConverter):
    """A number in an address: of digits 0 to 9, and no greater than an id can be. Any other is no page."""

    regex = r"[0-9]{1,10}"

    def __init__(self, map: Map, max: int = MOST_ID) -> None:
        super().__init__(map, max=max)


def init_app(app: Flask) -> None:
    """Call it before routes are made, and before anything else looks at a request."""
    app.url_map.converters["int"] = RecordId
    app.before_request(look_through)


def id_in(sent: str | None) -> int | None:
    """Read the id of a record; None of any other text, and of a number that no record can have."""
    number = int(sent) if sent and _ID.fullmatch(sent) else None
    return number if number and number <= MOST_ID else None


def asked_for(name: str) -> int | None:
    """The number that the address names, mostly the id of a record, as `?person=7`."""
    return id_in(request.args.get(name))


def day_asked_for(name: str) -> date | None:
    """The day that the address names, as `?on=2026-11-26`; None where it names none."""
    return day_in(request.args.get(name))


def day_in(sent: str | None) -> date | None:
    """Read a day, also as people write it, 30/4/2027; None of any other text, and where nothing of the portal can lie
    on it."""
    written, typed = _DAY.fullmatch(sent or ""), _TYPED.fullmatch(sent or "")
    parts = written.groups() if written else typed.groups()[::-1] if typed else ()
    try:
        day = date(*map(int, parts)) if parts else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def look_through() -> None:
    """Refuse what is not text, and what is too much, whoever sends it."""
    if len(request.path) + len(request.query_string) > MOST_ADDRESS:
        abort(414)
    if request.query_string.count(b"&") >= MOST_FILTERS or not _is_text(request.query_string):
        abort(400)
    if request.mimetype == FORM:
        _look_through_form()


def _look_through_form() -> None:
    most, parts = current_app.config["MAX_FORM_MEMORY_SIZE"], current_app.config["MAX_FORM_PARTS"]
    if (request.content_length or 0) > most:
        abort(413)
    body = request.get_data()
    if len(body) > most or body.count(b"&") >= parts:
        abort(413)
    if not _is_text(body):
        abort(400)


def _is_text(sent: bytes) -> bool:
    """Whether it is UTF-8 throughout; the framework would put signs of its own in the place of what is not."""
    try:
        unquote_to_bytes(sent).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
