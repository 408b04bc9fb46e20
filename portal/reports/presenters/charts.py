"""Two small pictures over a report: a figure by months against the year before, and pledges by village."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal.engine.text import _, _l
from portal.reports import catalogue, figures
from portal.reports.catalogue import label_of
from portal.reports.models import Report
from portal.reports.presenters.page import in_number, opens, unit_of
from portal.reports.presenters.side_by_side import MONTH, Part, Row, called, drawn, months_told, rows
from portal.reports.wording.told import Figures, Told

BY_MONTH = (
    "incidents.security.cases",
    "patrols.order.count",
    "cases.community.self_reports",
    "cases.community.received",
)
BY_VILLAGE = ("pledges.drug_free.households", "pledges.fireworks.households", "pledges.fire_safety.households")


@dataclass(frozen=True)
class Picture:
    """A breakdown of a figure, with what it tells in one sentence, and what has to be said of such parts."""

    title: Any
    finding: str
    part: Part
    note: Any


def by_month(report: Report, told: Figures) -> Picture | None:
    """The first figure that is told by month and has something to show."""
    one, part = _parted(report, told, BY_MONTH, MONTH)
    if one is None or part is None:
        return None
    days = report.first, report.last
    values = rows(MONTH, part, months_told(*days))
    found = drawn(MONTH, _l("By month"), values, *days)
    return Picture(label_of(one), _finding(one, values, *days), found, _note(one))


def _finding(one: Told, values: Sequence[Row], first: date, last: date) -> str:
    month, most, _before = max(values, key=lambda row: row[1], default=("", 0, 0))
    if not most:
        return _("None in this period, %(before)s a year before.", before=in_number(one.previous_value))
    month = called(MONTH, month, first, last).removeprefix("0")
    return _("Most in month %(month)s: %(most)s %(unit)s. A year before %(before)s in all.", month=month,
             most=in_number(most), unit=unit_of(one), before=in_number(one.previous_value))  # fmt: skip


def by_village(report: Report, told: Figures) -> Picture | None:
    """The first figure that is told by village; each opens the records of the figure."""
    one, part = _parted(report, told, BY_VILLAGE, "village")
    if one is None or part is None or not part["now"]:
        return None
    values = rows("village", part)
    most = _("%(all)s in all, most in %(village)s.", all=in_number(one.value), village=values[0][0])
    found = drawn("village", _l("By village"), values, report.first, report.last)
    if not any(before for _what, _now, before in values):  # beside every village it would only say: nothing
        found = replace(found, bars=[{**bar, "of": ""} for bar in found.bars])
    url = opens(report, one.id)
    return Picture(label_of(one), most, replace(found, bars=[{**bar, "url": url} for bar in found.bars]), _note(one))


def _note(one: Told) -> Any:
    declared = catalogue.indicator(one.id)
    return declared.note_on_parts if declared else ""


def _parted(
    report: Report, told: Figures, wanted: Sequence[str], name: str
) -> tuple[Told | None, dict[str, Any] | None]:
    """The first of some figures that has the breakdown and is not empty in both periods."""
    kept = {figure.figure_id: figure.parts for figure in report.figures}
    there = [told[each] for each in wanted if each in told]
    for one in (each for each in there if each.value or each.previous_value):
        part = kept.get(one.id, {}).get(name) if report.is_signed else _now(report, one.id, name)
        if part:
            return one, part
    return None, None


def _now(report: Report, figure_id: str, name: str) -> dict[str, Any] | None:
    one = catalogue.indicator(figure_id)
    by = next((by for by in one.breakdowns if by.name == name), None) if one else None
    return figures.parted(one, figures.period_of(report), by) if one and by else None
