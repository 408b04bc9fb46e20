"""What is printed for a round: the list of a village with row numbers, and forms of the self-report."""

from typing import Any

from flask import render_template
from flask_login import current_user
from sqlalchemy import Select

from portal.cases.models import Case
from portal.cases.presenters.round import printing
from portal.cases.presenters.round.page import month_of_round
from portal.cases.views.blueprint import bp
from portal.engine.access import lists, may_open


@bp.get("/cases/round/list")
@lists(Case, to="read_round")
def round_list(cases: Select[Any]) -> Any:
    """Also for whoever oversees the round and records nothing in it."""
    month = month_of_round()
    keeps = may_open(current_user, "cases.monthly_round")
    return render_template("cases/round/list.html", page=printing.printed(current_user, cases, month), keeps=keeps)


@bp.get("/cases/round/forms")
@lists(Case, to="stand_in")
def round_forms(cases: Select[Any]) -> Any:
    """A form for each person from whom a self-report is still awaited; its code opens the page that records it."""
    month = month_of_round()
    page = printing.printed(current_user, cases, month, only_reports=True)
    if len(page.rows) > printing.MOST_FORMS:
        return render_template("cases/round/forms_by_village.html", page=page)
    return render_template("cases/round/forms.html", page=page, forms=page.forms, questions=printing.QUESTIONS)
