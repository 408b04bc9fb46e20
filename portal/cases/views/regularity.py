"""How regularly self-reports come."""

from typing import Any

from flask import render_template, request
from flask_login import current_user
from sqlalchemy import Select

from portal.cases.models import Case
from portal.cases.presenters import regularity as presenter
from portal.cases.views.blueprint import bp
from portal.engine.access import lists
from portal.engine.listing import month_asked


@bp.get("/cases/regularity")
@lists(Case, to="read_notes")
def regularity(cases: Select[Any]) -> Any:
    page = presenter.page(current_user, cases, month_asked(), request.args.get("show", ""))
    return render_template("cases/regularity.html", page=page)
