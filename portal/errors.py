"""Pages that say what went wrong and what to do; never a code alone."""

import logging
import secrets
from contextlib import suppress
from typing import Any

from flask import Flask, Response, current_app, g, render_template, request
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from sqlalchemy import exc
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from portal.engine.db import db
from portal.engine.faults import out_of_reach, traced
from portal.engine.forms import ReasonForm, what_was_typed
from portal.engine.refusal import Conflict, NoLongerOpen, NotThis, Refused
from portal.engine.text import _
from portal.engine.uploads import too_large_as_a_whole

log = logging.getLogger("portal")

TOO_LARGE, TOO_LONG = 413, 414
PAGES = (403, 404, 409, TOO_LARGE, 429, 500, 503)
MOST_DISCARDED, PIECE = 100 * 2**20, 2**16  # bytes of a body that nobody reads
SOON = "30"  # seconds after which it may be tried again


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _not_ours)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NoLongerOpen, _ended)
    app.register_error_handler(Exception, _failed)


def _page(status: int, headers: Any = (), **values: Any) -> Any:
    """The page of a status. It stands alone where no address can be made, as for a host that is not ours."""
    if request_ctx.url_adapter is None:
        g.alone = True
    name = f"errors/{status}.html" if status in PAGES else "errors/error.html"
    return render_template(name, status=status, **values), status, list(headers)


def _http(error: HTTPException) -> Any:
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        return _failed(error.original_exception)
    if error.code is None or error.code < 400:
        return error
    if error.code == TOO_LARGE:
        _discard_body()
    headers = [(key, value) for key, value in error.get_headers() if key.lower() in ("retry-after", "allow")]
    return _page(error.code, headers, **_words(error))


def _discard_body() -> None:
    """Take off the line what is still on its way: a browser that is cut off while it sends shows a page of its own."""
    left = MOST_DISCARDED
    while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, PIECE))):
        left -= len(piece)


def _words(error: HTTPException) -> dict[str, Any]:
    """What a page says where its own words would not fit."""
    if error.code == TOO_LARGE:
        return _too_large()
    if isinstance(error, NotThis):
        return {"readable": True}
    if error.code == TOO_LONG:
        return {
            "title": _("The address is too long"),
            "text": _("A search takes a hundred letters at most. Go back, write fewer words, then search again."),
        }
    if error.code == 405:
        return {"text": _("This address is not used in this way. Go to today's work and begin there.")}
    return {}


def _too_large() -> dict[str, Any]:
    """How large a file may be, and the way back to the form: the tab has kept what was typed into it."""
    has_form = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    link = (_("Open the form again"), request.path) if has_form else None
    if not too_large_as_a_whole():
        title = _("The text is too long")
        text = _("A form takes some hundred pages of text at most. Go back, shorten it, then send it again.")
        return {"title": title, "text": text, "link": link}
    return {"limit": f"{current_app.config['UPLOAD_BYTES'] // 2**20} MB", "link": link}


def _ended(ended: NoLongerOpen) -> Any:
    """The very page of what is out of reach."""
    return _refused(ended.answer) if isinstance(ended.answer, Refused) else _http(ended.answer)


def _not_ours(_error: SecurityError) -> Any:
    """The address names a host that is not the portal's: there is no portal to draw a page of, only a line to say."""
    return Response(_("The portal is not at this address."), 400, mimetype="text/plain")


def _csrf(_error: CSRFError) -> Any:
    return _page(400)


def _refused(refused: Refused) -> Any:
    """A refusal that its page did not show itself."""
    lost = refused if isinstance(refused, Conflict) and request.method == "POST" else None
    typed = what_was_typed(lost.typed_into or ReasonForm, lost.record) if lost else ""
    return _page(refused.status, refusals=refused.reasons, refused=refused, typed=typed)


def _failed(error: BaseException) -> Any:
    """Log the error under a number that the page shows; the page tells nothing else of it, and asks nothing."""
    g.alone = True
    number, status = secrets.token_hex(4), 503 if out_of_reach(error) else 500
    log.error("error %s at %s %s: %s", number, request.method, request.url_rule, traced(error))
    with suppress(exc.SQLAlchemyError):
        db.session.rollback()
    return _page(status, [("Retry-After", SOON)] if status == 503 else (), number=number)
