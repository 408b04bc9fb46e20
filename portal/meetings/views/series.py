"""Meetings that come again by a rule, and the days on which it does not hold."""

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload

from portal.engine import clock, notice
from portal.engine.access import allows, lists, may, may_open, opens
from portal.engine.deeds import Attempt, attempt
from portal.engine.forms import Form
from portal.engine.listing import Listing
from portal.engine.text import _
from portal.meetings import actions, queries
from portal.meetings.forms import EndSeriesForm, ExceptionForm, SeriesForm
from portal.meetings.models import MeetingKind, MeetingSeries, SeriesRule
from portal.meetings.presenters import series as presenter
from portal.meetings.views.blueprint import bp
from portal.meetings.views.writing import units
from portal.organisation.models import Unit

AHEAD = timedelta(days=190)  # days that the page of a series looks ahead


@bp.get("/series")
@lists(MeetingSeries)
def series(found: Select[Any]) -> Any:
    options = (joinedload(MeetingSeries.chair_unit), selectinload(MeetingSeries.exceptions))
    listing = Listing(found, MeetingSeries, orders={"newest": (MeetingSeries.id.desc(),)}, options=options)
    makes = may_open(current_user, "meetings.new_series")
    return render_template("meetings/series.html", listing=listing, row_of=presenter.row, makes=makes)


@bp.get("/series/<int:id>")
@opens(MeetingSeries, to="read")
def one_series(series: MeetingSeries) -> Any:
    today, edits = clock.today(), may(current_user, "edit", series)
    days = presenter.coming(
        series, queries.entered_of(series), today, today + AHEAD, enters=may_open(current_user, "meetings.new")
    )
    shown = {"series": series, "row": presenter.row(series), "days": days, "edits": edits}
    return render_template("meetings/one_series.html", **shown)


@bp.route("/series/new", methods=["GET", "POST"])
@allows(MeetingSeries, to="create")
def new_series() -> Any:
    commune_id = current_user.acting.commune_id
    form = SeriesForm(data={"valid_from": clock.today(), "every_months": "1", "day_of_month": 3})
    offered = _offer(form, commune_id)

    def deed() -> MeetingSeries:
        unit = offered[int(form.chair_unit_id.data)]
        kind, rule = MeetingKind(form.kind.data), SeriesRule(form.rule.data)
        return actions.begin_series(kind, rule, commune_id, unit, form.valid_from.data, **form.facts())

    return _answer(attempt(form, deed), form, None)


def _offer(form: SeriesForm, commune_id: int) -> dict[int, Unit]:
    """Fill the list of units; gives back those that it offers."""
    offered = {unit.id: unit for unit in queries.units_that_call(commune_id)}
    form.chair_unit_id.choices = units(offered.values())
    return offered


@bp.route("/series/<int:id>/edit", methods=["GET", "POST"])
@opens(MeetingSeries, to="edit", form=SeriesForm)
def edit_series(series: MeetingSeries) -> Any:
    """Change a series for the meetings that are not entered yet."""
    form = SeriesForm(data={**presenter.kept(series), "version": series.version})
    offered = _offer(form, series.commune_id)

    def deed() -> None:
        unit = offered[int(form.chair_unit_id.data)]
        kind, rule = MeetingKind(form.kind.data), SeriesRule(form.rule.data)
        actions.change_series(
            series, kind=kind, rule=rule, chair_unit=unit, chair_unit_id=unit.id, valid_from=form.valid_from.data,
            **form.facts(),
        )  # fmt: skip

    return _answer(attempt(form, deed, series), form, series)


def _answer(tried: Attempt, form: SeriesForm, series: MeetingSeries | None) -> Any:
    if tried.done:
        notice.done(_("The series is kept."))
        return redirect(url_for(".one_series", id=series.id if series else tried.made.id))
    return render_template("meetings/series_form.html", form=form, series=series, refused=tried.refused), tried.status


@bp.route("/series/<int:id>/exception", methods=["GET", "POST"])
@opens(MeetingSeries, to="edit", form=ExceptionForm)
def except_series(series: MeetingSeries) -> Any:
    """Move one meeting of the series, or leave it out."""
    next_day = presenter.next_day(series, clock.today(), clock.today() + AHEAD)
    form = ExceptionForm(by_rule_on=next_day, version=series.version)
    tried = attempt(
        form,
        lambda: actions.except_day(series, form.by_rule_on.data, form.moved_to.data, form.reason.data or ""),
        series,
    )
    return _written(tried, form, series, _("Move or leave out a day"), _("Keep the exception"))


@bp.route("/series/<int:id>/end", methods=["GET", "POST"])
@opens(MeetingSeries, to="edit", form=EndSeriesForm)
def end_series(series: MeetingSeries) -> Any:
    form = EndSeriesForm(last_day=clock.today(), version=series.version)
    tried = attempt(form, lambda: actions.end_series(series, form.last_day.data, form.reason.data or ""), series)
    return _written(tried, form, series, _("End the series"), _("End the series"))


def _written(tried: Attempt, form: Form, series: MeetingSeries, title: str, verb: str) -> Any:
    if tried.done:
        notice.done(_("The series is kept."))
        return redirect(url_for(".one_series", id=series.id))
    shown = {"series": series, "row": presenter.row(series), "form": form, "title": title, "verb": verb}
    return render_template("meetings/series_deed.html", refused=tried.refused, **shown), tried.status
