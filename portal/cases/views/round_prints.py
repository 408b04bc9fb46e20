"""What is printed for a round: the list of a village with row numbers, and forms of the self-report."""

from datetime import date
from typing import Any

from flask import render_template
from flask_login import current_user
from sqlalchemy import Select

from portal.cases.models import Case
from portal.cases.monthly_round import is_next, may_be_held
from portal.cases.presenters.round import printing
from portal.cases.presenters.round.page import NotHeld, month_of_page
from portal.cases.views.blueprint import bp
from portal.engine.access import lists, may_open


@bp.get("/cases/round/list")
@lists(Case, to="read_round")
def round_list(cases: Select[Any]) -> Any:
    """Also for whoever oversees the round and records nothing in it."""
    month = month_of_page()
    if not _is_printed(month):
        return _not_held(month)
    keeps = may_open(current_user, "cases.monthly_round")
    return render_template("cases/round/list.html", page=printing.printed(current_user, cases, month), keeps=keeps)


@bp.get("/cases/round/forms")
@lists(Case, to="stand_in")
def round_forms(cases: Select[Any]) -> Any:
    """A form for each person from whom a self-report is still awaited; its code opens the page that records it."""
    month = month_of_page()
    if not _is_printed(month):
        return _not_held(month)
    page = printing.printed(current_user, cases, month, only_reports=True)
    if len(page.rows) > printing.MOST_FORMS:
        return render_template("cases/round/forms_by_village.html", page=page)
    return render_template("cases/round/forms.html", page=page, forms=page.forms, questions=printing.QUESTIONS)


def _is_printed(month: date) -> bool:
    """The papers of the next month are handed out before it begins."""
    return may_be_held(month) or is_next(month)


def _not_held(month: date) -> Any:
    return render_template("cases/round/not_held.html", page=NotHeld(month)), 404
