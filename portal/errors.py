"""Pages that say what went wrong and what to do; never a code alone."""

import logging
import secrets
from typing import Any

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.text import _

log = logging.getLogger("portal")

PAGES = (403, 404, 409, 429, 500)
TOO_LARGE = 413
MOST_DISCARDED, PIECE = 100 * 2**20, 2**16  # bytes


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _ours)


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if error.code == TOO_LARGE:
        return _too_large()
    name = f"errors/{error.code}.html" if error.code in PAGES else "errors/error.html"
    answer = error.get_response()
    headers = [(key, value) for key, value in answer.headers if key.lower() in ("retry-after", "allow")]
    return render_template(name, status=error.code), error.code, headers


def _too_large() -> Any:
    """Say how large a file may be, and lead back to the form: the tab has kept what was typed into it.

    What is still on its way is taken off the line first: a browser that is cut off while it sends shows a page of its
    own instead of ours.
    """
    left = MOST_DISCARDED
    while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, PIECE))):
        left -= len(piece)
    limit = f"{current_app.config['UPLOAD_BYTES'] // 2**20} MB"
    has_form = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    link = (_("Open the form again"), request.path) if has_form else None
    return render_template("errors/413.html", limit=limit, link=link), TOO_LARGE


def _csrf(_error: CSRFError) -> Any:
    return render_template("errors/error.html", status=400), 400


def _refused(refused: Refused) -> Any:
    """A refusal that its page did not show itself."""
    name = f"errors/{refused.status}.html" if refused.status in PAGES else "errors/error.html"
    return render_template(name, status=refused.status, refusals=refused.reasons, refused=refused), refused.status


def _database(error: OperationalError) -> Any:
    return _failed(error, 503)


def _ours(error: Exception) -> Any:
    return _failed(error, 500)


def _failed(error: Exception, status: int) -> Any:
    """Log the error under a number that the page shows; the page tells nothing else of it."""
    number = secrets.token_hex(4)
    log.error("error %s at %s %s", number, request.method, request.url_rule, exc_info=error)
    db.session.rollback()
    return render_template("errors/500.html", status=status, number=number), status
