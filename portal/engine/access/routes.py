"""The rules of all pages: one signs in first, and the portal does not start with a page that has none."""

from typing import Any

from flask import Flask, request
from flask_login import current_user

from portal.engine.access.table import Fields, Table


def init_app(app: Flask, table: Table, fields: Fields, open_to_all: frozenset[str]) -> None:
    app.extensions["access"] = table
    app.extensions["fields"] = fields
    app.extensions["open_to_all"] = open_to_all

    @app.before_request
    def sign_in_first() -> Any:
        view = app.view_functions.get(request.endpoint or "")
        if view is None or getattr(view, "access", None) == "public" or request.endpoint in open_to_all:
            return None
        if not current_user.is_authenticated:
            return app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return None


def check_routes(app: Flask) -> None:
    """Refuse to start with a page that has no rule, or with a rule that the table does not know."""
    table, open_to_all = app.extensions["access"], app.extensions["open_to_all"]
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        if access is None and rule.endpoint not in open_to_all:
            raise RuntimeError(f"{rule.endpoint} has no access rule.")
        if access == "public" and rule.endpoint not in open_to_all:
            raise RuntimeError(f"{rule.endpoint} is open to all, but PUBLIC does not name it.")
        if isinstance(access, tuple):
            _check_known(rule.endpoint, access[0], access[1], table)


def _check_known(endpoint: str, record: type[Any], action: str, table: Table) -> None:
    rows = next((table[base] for base in record.__mro__ if base in table), {})
    if action not in rows:
        raise RuntimeError(f"{endpoint} asks for {record.__name__}.{action}, which the access table does not know.")
