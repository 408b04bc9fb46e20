"""Pages that start from no single record: lists, drafts of something new, what is one's own, what is for anybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app, g
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from portal.engine import audit
from portal.engine.access.records import holds, reach
from portal.engine.access.table import Actor
from portal.engine.refusal import NoLongerOpen

View = Callable[..., Any]


def lists(record: type[Any], to: str = "read") -> Callable[[View], View]:
    """Hand the view the select of all records that the user may take the action on."""

    def wrap(view: View) -> View:
        def ask_again() -> None:
            if not holds(current_user, to, record):
                raise NoLongerOpen(Forbidden(), wanted=to, type=record.__tablename__)

        @wraps(view)
        def listed(**address: Any) -> Any:
            if not holds(current_user, to, record):
                audit.tell("refused", current_user, None, wanted=to, type=record.__tablename__)
                abort(403)
            g.setdefault("opened_by", []).append(ask_again)
            return view(reach(current_user, to, record), **address)

        listed.access = (record, to)  # type: ignore[attr-defined]
        return listed

    return wrap


def allows(record: type[Any], to: str) -> Callable[[View], View]:
    """Open the page to whoever holds the right at all: for what starts from no record, like drafting a new one."""

    def wrap(view: View) -> View:
        listed = lists(record, to)(lambda _records, **address: view(**address))
        return wraps(view, updated=())(listed)

    return wrap


def may_open(user: Actor, endpoint: str) -> bool:
    """Whether a page that starts from no record opens to the user's role: for links whose target another room names."""
    rule = getattr(current_app.view_functions.get(endpoint), "access", None)
    return isinstance(rule, tuple) and holds(user, rule[1], rule[0])


def signed_in(view: View) -> View:
    """A page of one's own: it shows nothing but what belongs to whoever is signed in."""
    view.access = "signed in"  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """A page for anybody. Those are few, and `PUBLIC` in the access table names them all."""
    view.access = "public"  # type: ignore[attr-defined]
    return view
