"""The figures of a period, and the records that one of them counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask import abort, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.access import allows
from portal.engine.indicators import Figure, Indicator, Period, figure
from portal.engine.text import _
from portal.engine.waiting import Work, page_after
from portal.organisation.queries import commune_of
from portal.reports import catalogue, outline, queries, villages
from portal.reports.conventions import CONVENTIONS
from portal.reports.forms import PeriodForm
from portal.reports.periods import presets, usual
from portal.reports.presenters import parts
from portal.reports.views.blueprint import bp
from portal.reports.views.records import Records, records_of
from portal.reports.wording import periods
from portal.reports.wording import screen as wording

WORDING = {"direction": wording.direction, "comparison": wording.comparison, "change": wording.change}


@dataclass(frozen=True)
class Chip:
    """A period to choose."""

    label: Any
    url: str
    current: bool


def _period_form() -> PeriodForm:
    """The period of the address; without one, the year up to today."""
    if "from" in request.args or "to" in request.args:
        return PeriodForm(request.args)
    first, last = usual(clock.today())
    return PeriodForm(MultiDict(_days(first, last)))


def _days(first: date, last: date) -> dict[str, Any]:
    """A period as it stands in an address."""
    return {"from": first.isoformat(), "to": last.isoformat()}


def _chips(form: PeriodForm) -> list[Chip]:
    asked = (form.first.data, form.last.data)
    return [
        Chip(one.label, url_for(".figures", **_days(one.first, one.last)), (one.first, one.last) == asked)
        for one in presets(clock.today())
    ]


def _figure_url(indicator: Indicator, period: Period) -> str:
    return url_for(".figure", figure_id=indicator.id, **_days(period.first, period.last))


@bp.get("/reports/figures", endpoint="figures")
@allows(Case, to="count")
def figures_of_period() -> Any:
    form, commune = _period_form(), commune_of(current_user)
    period = form.period(queries.taken_in(commune))
    page = {"form": form, "chips": _chips(form), "commune": commune, "found": None}
    if period is None:
        return render_template("reports/figures.html", **page), 422
    work = Work(tuple(outline.ordered()), partial(figure, period=period))
    return page_after(work, lambda: _of_period(period, work.results, page), _("Figures"))


def _of_period(period: Period, counted: Sequence[Figure], page: dict[str, Any]) -> str:
    found = {one.indicator.id: one for one in counted}
    return render_template(
        "reports/figures.html", period=period, before=period.year_before(), outline=outline.OUTLINE,
        headlines=[found[name].indicator for name in outline.headlines(found)], figure_url=_figure_url,
        named=lambda days: periods.over_column(days.first, days.last), **WORDING,
        **page | {"found": found},
    )  # fmt: skip


@bp.get("/reports/definitions")
@allows(Case, to="count")
def definitions() -> Any:
    """Every figure by the sections of the report: what it counts, with examples of what counts and what does not."""
    words = request.args.get("q", "").strip()
    return render_template(
        "reports/definitions.html", groups=list(parts.defined(words)), kind_of=parts.kind_of, words=words,
        conventions=CONVENTIONS,
    )  # fmt: skip


@bp.get("/reports/figures/<figure_id>", endpoint="figure")
@allows(Case, to="count")
def records_of_figure(figure_id: str) -> Any:
    """The records that the figure counted, as far as the reader may open them."""
    indicator, form, commune = (
        catalogue.indicator(figure_id) or abort(404),
        _period_form(),
        commune_of(current_user),
    )
    period = form.period(queries.taken_in(commune))
    if period is None:
        return render_template("reports/figure.html", indicator=indicator, form=form, shown=None), 422
    village = request.args.get("village", "")
    return render_template(
        "reports/figure.html", indicator=indicator, form=form, shown=figure(indicator, period), period=period,
        village=village,
        before=period.year_before(),
        listing=_records(indicator, period, village), counted=indicator.records_counted(period), commune=commune,
        parts=list(parts.of(indicator, period)),
        back=url_for(".figures", **_days(period.first, period.last)), **WORDING,
    )  # fmt: skip


def _records(indicator: Indicator, period: Period, village: str) -> Records:
    found, kept = queries.opened(indicator, period, current_user), _days(period.first, period.last)
    if village:
        there = villages.named(indicator, period).get(village) or abort(404)
        found, kept = villages.within(found, indicator, there), {**kept, "village": village}
    return records_of(found, indicator.record, repeats=True, days=kept)
