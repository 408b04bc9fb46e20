"""The figures of a report: those of today while it is written, those of the approval ever after."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from portal.engine.db import db
from portal.engine.indicators import Breakdown, Indicator, Period
from portal.engine.text import _l
from portal.engine.waiting import Work
from portal.reports import catalogue, queries
from portal.reports.models import Report, ReportFigure
from portal.reports.wording.told import Figures, Told

NOT_RECORDED = _l("Not recorded")  # which village, force or kind it was


def period_of(report: Report) -> Period:
    """Its days, in its commune and those that it took over."""
    commune = report.commune.heir or report.commune
    return Period(report.first, report.last, queries.taken_in(commune))


def of_report(report: Report) -> Figures:
    return frozen(report) if report.is_signed else counted(period_of(report))


def counted(period: Period, some: Iterable[Indicator] | None = None) -> Figures:
    """The figures as the records give them now."""
    return gathered(counting(period, some))


def counting(period: Period, some: Iterable[Indicator] | None = None) -> Work[Indicator, Told]:
    """The same as work that can be waited for, figure by figure."""
    wanted = catalogue.of_period(period).values() if some is None else some
    return Work(list(wanted), partial(_counted, period=period))


def gathered(work: Work[Indicator, Told]) -> Figures:
    """What was counted, all of it."""
    return Figures({one.id: one for one in work.finished()})


def _counted(one: Indicator, period: Period) -> Told:
    before = one.value(period.year_before())
    return Told(one.id, one.value(period), before, str(one.label), str(one.unit), str(one.definition), one.kind)


def nothing_recorded(told: Figures) -> bool:
    """Whether nothing that can happen in a period did: rather nobody wrote anything down."""
    flows = [one for one in told if one.kind == "flow"]
    return bool(flows) and not any(one.value for one in flows)


def frozen(report: Report) -> Figures:
    return Figures({one.figure_id: told_of(one) for one in report.figures})


def told_of(one: ReportFigure) -> Told:
    return Told(one.figure_id, one.value, one.previous_value, one.label, one.unit, one.definition, one.kind)


def ids_counted(one: Indicator, period: Period) -> list[int]:
    """The records behind a figure, by their ids, in order."""
    asked = one.records(period).with_only_columns(one.record.id).order_by(None).distinct()
    return sorted(db.session.scalars(asked))


def parts_of(one: Indicator, period: Period) -> dict[str, Any]:
    """The breakdowns of a figure, each with its label and its rows in both periods: [what, how much]."""
    return {by.name: parted(one, period, by) for by in one.breakdowns}


def parted(one: Indicator, period: Period, by: Breakdown) -> dict[str, Any]:
    """A breakdown in both periods, with one name for what is one and the same; empty where nothing is told apart."""
    now, before = one.parted(period, by), one.parted(period.year_before(), by)
    together = dict.fromkeys(now.few | before.few, str(by.together))
    keys = list({**now.values, **before.values})
    if together.keys() >= set(keys):
        return {"label": str(by.label), "now": [], "before": []}
    called = {**by.called(keys, period.last), **together}
    return {"label": str(by.label), "now": _rows(now.values, called), "before": _rows(before.values, called)}


def _rows(parted: Mapping[Any, Any], called: Mapping[Any, str]) -> Sequence[Sequence[Any]]:
    """What there is of each part, under its name; what is called the same stands there together."""
    ordered = sorted(parted, key=lambda key: (key is None, str(key)))
    rows: dict[str, Any] = {}
    for key in ordered:
        name = str(NOT_RECORDED) if key is None else called.get(key, "–")
        rows[name] = rows.get(name, 0) + parted[key]
    return [[name, value] for name, value in rows.items()]
