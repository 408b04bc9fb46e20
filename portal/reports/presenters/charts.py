"""Two small pictures over a report: a figure by months against the year before, and pledges by village."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.engine.listing import MONTHS_OF_YEAR
from portal.engine.text import _
from portal.reports import catalogue, figures
from portal.reports.catalogue import label_of
from portal.reports.models import Report
from portal.reports.presenters.page import in_number, opens, unit_of
from portal.reports.wording.told import Figures, Told

BY_MONTH = (
    "incidents.security.cases",
    "patrols.order.count",
    "cases.community.self_reports",
    "cases.community.received",
)
BY_VILLAGE = ("pledges.drug_free.households", "pledges.fireworks.households", "pledges.fire_safety.households")
MOST_LETTERED = 9  # months whose names have room for their letter on a phone
BASE, TOP, LEFT = 200, 20, 6  # of the picture: pixels from above; percent from the left


@dataclass(frozen=True)
class Columns:
    """As `components/figures.html` draws it, with the numbers of the table behind."""

    title: Any
    desc: str
    now_label: str
    then_label: str
    lines: Sequence[tuple[int, str]]
    bars: Sequence[tuple[float, str, int, int, int, int]]
    rows: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Bars:
    title: Any
    desc: str
    rows: Sequence[Mapping[str, Any]]


def by_month(report: Report, told: Figures) -> Columns | None:
    """The first figure that is told by month and has something to show."""
    one, part = _parted(report, told, BY_MONTH, "month")
    if one is None or part is None:
        return None
    now, before = ({what[:2]: value for what, value in part[when]} for when in ("now", "before"))
    months = [one[:2] for one in months_of(report.first, report.last)[:MONTHS_OF_YEAR]]
    most = max([*now.values(), *before.values(), 1])
    return Columns(
        label_of(one), _finding(one, now), str(report.last.year), str(report.last.year - 1),
        [(_y(most), in_number(most)), (BASE, "0")],
        [_bar(place, len(months), month, now.get(month, 0), before.get(month, 0), most)
         for place, month in enumerate(months)],
        [(month, in_number(now.get(month, 0)), in_number(before.get(month, 0))) for month in months],
    )  # fmt: skip


def months_of(first: date, last: date) -> list[str]:
    """The months of a period in their order, as "03/2024", also those in which there was nothing."""
    begun, ended = (day.year * MONTHS_OF_YEAR + day.month - 1 for day in (first, last))
    found = (divmod(month, MONTHS_OF_YEAR) for month in range(begun, ended + 1))
    return [f"{month + 1:02}/{year}" for year, month in found]


def month_name(month: str, count: int) -> str:
    """What stands under one of so many columns: "03/2024" is T3, and 3 where many stand side by side."""
    number = int(month[:2])
    return str(number) if count > MOST_LETTERED else _("M%(month)s", month=number)


def _finding(one: Told, now: Mapping[str, Any]) -> str:
    if not now:
        return _("None in this period, %(before)s a year before.", before=in_number(one.previous_value))
    month = max(sorted(now), key=lambda each: now[each])
    told = {"month": int(month), "most": in_number(now[month]), "unit": unit_of(one)}
    return _("Most in month %(month)s: %(most)s %(unit)s. A year before %(before)s in all.",
             before=in_number(one.previous_value), **told)  # fmt: skip


def _y(value: float, most: float = 0) -> int:
    return TOP if not most else BASE - round((BASE - TOP) * value / most)


def _bar(
    place: int, count: int, month: str, now: float, before: float, most: float
) -> tuple[float, str, int, int, int, int]:
    x = round(LEFT + (100 - LEFT) * (place + 0.5) / count, 2)
    now_y, before_y = _y(now, most), _y(before, most)
    return x, month_name(month, count), now_y, BASE - now_y, before_y, BASE - before_y


def by_village(report: Report, told: Figures) -> Bars | None:
    one, part = _parted(report, told, BY_VILLAGE, "village")
    if one is None or part is None or not part["now"]:
        return None
    rows = sorted(part["now"], key=lambda row: (-row[1], row[0]))
    most = rows[0][1] or 1
    before = dict(part["before"])
    told_before = any(before.values())  # a nought beside every village would only say that there was nothing

    def beside(name: str) -> str:
        return _("%(before)s a year before", before=in_number(before.get(name, 0))) if told_before else ""

    return Bars(
        label_of(one), _("%(all)s in all, most in %(village)s.", all=in_number(one.value), village=rows[0][0]),
        [
            {"label": name, "percent": round(100 * value / most, 1), "value": in_number(value),
             "of": beside(name), "url": opens(report, one.id)}
            for name, value in rows
        ],
    )  # fmt: skip


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
