"""The audit trail, and the table of rights with the workflows beside it."""

from typing import Any

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.audit.forms import FilterForm
from portal.audit.queries import colleagues_of, filtered, names_for
from portal.audit.rights import table_of_rights
from portal.audit.sentences import told
from portal.engine import audit
from portal.engine.access import allows, lists
from portal.engine.audit import AuditEvent
from portal.engine.db import db

bp = Blueprint("audit", __name__)

PAGE, MOST_DIGITS = 50, 15
FILTERS = ("who", "action", "kind", "number", "from", "to")


def _before() -> int | None:
    """Where the page begins: older than this event."""
    typed = request.args.get("before")
    if typed is None:
        return None
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else abort(404)


@bp.get("/audit/")
@lists(AuditEvent)
def index(events: Select[Any]) -> Any:
    """Events newest first. A page begins after the last one of the page before, so nothing is counted."""
    form, before = FilterForm(request.args, colleagues_of(current_user.acting.commune_id)), _before()
    if not form.validate():
        return render_template("audit/index.html", form=form, events=[], older=None), 422
    wanted = filtered(events, form.filters, current_user)
    if before is not None:
        wanted = wanted.where(AuditEvent.sequence < before)
    found = db.session.scalars(wanted.limit(PAGE + 1)).all()
    shown = found[:PAGE]
    audit.tell("list", current_user, None, type="audit_event", rows=len(shown))
    names = names_for(shown, current_user)
    return render_template(
        "audit/index.html", form=form, events=[told(event, names) for event in shown], before=before,
        newest=_page(), older=_page(before=shown[-1].sequence) if len(found) > PAGE else None,
    )  # fmt: skip


def _page(**where: Any) -> str:
    """The same filters, from elsewhere on."""
    kept: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return url_for(".index", **kept, **where)


@bp.get("/audit/rights")
@allows(AuditEvent, to="read")
def rights() -> Any:
    """The access table as it is in force, and each workflow."""
    return render_template("audit/rights.html", records=table_of_rights(current_app.extensions["access"]))
