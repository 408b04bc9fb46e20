"""Figures side by side: years of the reader's commune, and communes in the reader's scope."""

from typing import Any

from flask import abort, render_template, request
from flask_login import current_user
from sqlalchemy import Select
from werkzeug.datastructures import MultiDict

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.access import allows, lists
from portal.engine.text import _
from portal.engine.waiting import page_after
from portal.organisation.queries import commune_of
from portal.reports import queries
from portal.reports.forms import YearsForm
from portal.reports.models import Report
from portal.reports.periods import usual
from portal.reports.presenters import compare as shown
from portal.reports.views.blueprint import bp


@bp.get("/reports/compare")
@allows(Case, to="count")
def compare() -> Any:
    """The same days of several years, counted from the records of today."""
    form, commune = _years_form(), commune_of(current_user)
    period = form.period(queries.taken_in(commune))
    if period is None:
        return render_template("reports/compare.html", form=form, commune=commune, periods=None), 422
    periods = shown.years(period, form.count)
    work = shown.counting(periods)

    def drawn() -> str:
        groups = list(shown.over_years(work))
        return render_template("reports/compare.html", form=form, commune=commune, periods=periods, groups=groups)

    return page_after(work, drawn, _("Compare years"))


def _years_form() -> YearsForm:
    if request.args:
        return YearsForm(request.args)
    first, last = usual(clock.today())
    return YearsForm(MultiDict({"from": first.isoformat(), "to": last.isoformat(), "years": "3"}))


@bp.get("/reports/compare/communes")
@lists(Report)
def communes(_found: Select[Any]) -> Any:
    """What the communes signed for one period; what is missing is named, what came late is marked."""
    choices = shown.choices(current_user)
    asked = request.args.get("period", "")
    chosen = next((one for one in choices if one.key == asked), None) if asked else next(iter(choices), None)
    if asked and chosen is None:
        abort(404)
    columns = shown.columns(current_user, chosen.wanted) if chosen else []
    return render_template(
        "reports/communes.html", choices=choices, chosen=chosen, columns=columns,
        groups=list(shown.over_communes(columns)),
    )  # fmt: skip
