"""Pages that say what went wrong and what to do; never a code alone."""

import logging
import secrets
from typing import Any

from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError, default_exceptions

from portal.engine.db import db
from portal.engine.refusal import NoLongerOpen, Refused
from portal.engine.text import _

log = logging.getLogger("portal")

PAGES = (403, 404, 409, 413, 429, 500)


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _not_ours)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NoLongerOpen, _ended)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _ours)


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    name = f"errors/{error.code}.html" if error.code in PAGES else "errors/error.html"
    answer = error.get_response()
    headers = [(key, value) for key, value in answer.headers if key.lower() in ("retry-after", "allow")]
    return render_template(name, status=error.code), error.code, headers


def _ended(ended: NoLongerOpen) -> Any:
    """The very page of what is out of reach."""
    return _http(default_exceptions[ended.status]())


def _not_ours(_error: SecurityError) -> Any:
    """The address names a host that is not the portal's: there is no portal to draw a page of, only a line to say."""
    return Response(_("The portal is not at this address."), 400, mimetype="text/plain")


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
