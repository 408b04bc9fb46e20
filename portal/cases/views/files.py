"""The list of cases, and a case."""

from typing import Any

from flask import render_template
from sqlalchemy import Select
from sqlalchemy.orm import selectinload

from portal.cases.models import Case
from portal.cases.queries import matching
from portal.cases.views.blueprint import bp
from portal.engine.access import lists, opens
from portal.engine.listing import Listing


@bp.get("/cases/")
@lists(Case)
def index(cases: Select[Any]) -> Any:
    listing = Listing(cases, Case, search=matching, options=(selectinload(Case.owner),), protected=True)
    return render_template("cases/index.html", listing=listing)


@bp.get("/cases/<int:id>")
@opens(Case, to="read")
def show(case: Case) -> Any:
    return render_template("cases/show.html", case=case)
