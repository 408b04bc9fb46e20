"""Two small pictures over a report: a figure by months against the year before, and pledges by village."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for

from portal.engine.text import _, _l
from portal.reports import catalogue, figures, villages
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
HOUSEHOLDS = "profile.households"
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
    """The first figure that is told by village, each as a share of its households; each opens its own records."""
    one, part = _parted(report, told, BY_VILLAGE, "village")
    if one is None or part is None or not part["now"]:
        return None
    values = rows("village", part)
    there = _households(report, told)
    found = drawn("village", _l("By village"), values, report.first, report.last)
    bars, finding = _shares(values, there, one) if there else (_against_the_most(found, values), _most(one, values))
    opened = _village_urls(report, one)
    linked = [{**bar, "url": opened.get(str(bar["label"]), opens(report, one.id))} for bar in bars]
    return Picture(label_of(one), finding, replace(found, bars=linked), _note(one))


def _most(one: Told, values: Sequence[Row]) -> str:
    return _("%(all)s in all, most in %(village)s.", all=in_number(one.value), village=values[0][0])


def _against_the_most(found: Part, values: Sequence[Row]) -> list[Mapping[str, Any]]:
    """Where nobody told how many households a village has."""
    if any(before for _what, _now, before in values):
        return list(found.bars)
    return [{**bar, "of": ""} for bar in found.bars]  # beside every village it would only say: nothing


def _households(report: Report, told: Figures) -> dict[str, int]:
    """How many households each village has at the end of the last day, as far as that was told."""
    if HOUSEHOLDS not in told:
        return {}
    kept = next((figure.parts for figure in report.figures if figure.figure_id == HOUSEHOLDS), {})
    part = kept.get("village") if report.is_signed else _now(report, HOUSEHOLDS, "village")
    return {name: count for name, count in part["now"] if count} if part else {}


def _shares(values: Sequence[Row], there: Mapping[str, int], one: Told) -> tuple[list[Mapping[str, Any]], str]:
    """Villages by their share, those whose households nobody told last; and what all of them give."""
    signed = {name: now for name, now, _before in values if now}
    known = sorted(there, key=lambda name: (-signed.get(name, 0) / there[name], name))
    bars = [_share(name, signed.get(name, 0), there[name]) for name in known]
    untold = [name for name in signed if name not in there]
    bars += [{"label": name, "percent": 0, "value": "", "of": in_number(signed[name])} for name in untold]
    all_there = sum(there.values())
    numbers = {
        "now": in_number(one.value),
        "all": in_number(all_there),
        "share": in_number(_percent(one.value, all_there)),
    }
    if untold:
        return bars, _("%(now)s in all. Of the villages without a share nobody told the households.", **numbers)
    return bars, _("%(now)s of %(all)s households (%(share)s%%). A village opens its households.", **numbers)


def _share(name: str, now: int, all_there: int) -> Mapping[str, Any]:
    percent = _percent(now, all_there)
    told = f"{in_number(now)}/{in_number(all_there)}"
    return {"label": name, "percent": min(percent, 100), "value": f"{in_number(percent)}%", "of": told}


def _percent(now: Any, all_there: int) -> float:
    return float(round(100 * now / all_there, 1))


def _village_urls(report: Report, one: Told) -> dict[str, str]:
    """Where the records of each village are listed: those of the approval, or of the days of a draft."""
    declared = catalogue.indicator(one.id)
    if declared is None:
        return {}
    if report.is_signed:
        there: dict[str, Any] = {"endpoint": "reports.kept", "id": report.id}
    else:
        there = {"endpoint": "reports.figure", "from": report.first.isoformat(), "to": report.last.isoformat()}
    names = villages.named(declared, figures.period_of(report))
    return {name: url_for(**there, figure_id=one.id, village=name) for name in names}


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
