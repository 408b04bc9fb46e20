"""A figure opened in its row: the records behind it that the reader may open, its definition, its breakdowns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.engine.access import Actor
from portal.engine.indicators import Examples, Period
from portal.engine.text import _
from portal.reports import catalogue, figures, queries
from portal.reports.models import Report, ReportFigure
from portal.reports.presenters import side_by_side
from portal.reports.presenters.page import in_number
from portal.reports.presenters.side_by_side import Part
from portal.reports.rows import Row, first_of, told_as_listed
from portal.reports.wording import periods

BEFORE = "before"  # how an address asks for the records of the year before


@dataclass(frozen=True)
class Opened:
    """*counted* records stand behind it, *mine* of which the reader may open; *all_url* lists them page by page.
    *intact*: whether the records are those of the approval; *elsewhere*: whether they are those of another portal.
    *of*: the period, where it is that of the year before; *otherwise*: that the report told another number of it."""

    id: str
    definition: str
    examples: Examples
    note: Any
    parts: Sequence[Part]
    note_on_parts: Any
    rows: Sequence[Row]
    counted: int
    mine: int
    all_url: str
    intact: bool = True
    elsewhere: bool = False
    of: str = ""
    otherwise: str = ""


def there(report: Report, id: str) -> bool:
    """Whether the report has a figure of this name, which `opened` can open."""
    if report.is_signed:
        return report.figure(id) is not None
    return id in catalogue.of_period(figures.period_of(report))


def opened(report: Report, id: str, reader: Actor) -> Opened:
    """What stands behind a figure: now, or of the records that the approval froze."""
    period = figures.period_of(report)
    one = catalogue.of_period(period).get(id)
    kept = report.figure(id)
    parts = kept.parts if kept else figures.parts_of(one, period) if one else {}
    if kept and kept.kind == "stock":  # what there is on a day has no months, although it was once frozen with them
        parts = {name: part for name, part in parts.items() if name != side_by_side.MONTH}
    counted = len(kept.ids) if kept else one.records_counted(period) if one else 0
    rows, mine = _rows(id, kept, period, reader)
    return Opened(
        id, kept.definition if kept else str(one.definition) if one else "", one.examples if one else Examples(),
        one.note if one else "", [_part(report, name, part) for name, part in parts.items()],
        one.note_on_parts if one else "", rows, counted, mine,
        _all_url(report, id) if mine else "",
        kept is None or kept.records_intact, kept is not None and kept.was_brought_in,
    )  # fmt: skip


def opened_before(report: Report, id: str, reader: Actor) -> Opened:
    """What stands behind the number of the year before: no approval freezes its records, so they are those of now."""
    period = figures.period_of(report).year_before()
    one, kept = catalogue.of_period(figures.period_of(report)).get(id), report.figure(id)
    counted = one.records_counted(period) if one else 0
    rows, mine = _rows(id, None, period, reader)
    return Opened(
        id, str(one.definition) if one else kept.definition if kept else "", one.examples if one else Examples(),
        one.note if one else "", [], "", rows, counted, mine, "" if catalogue.is_typed(id) else _days_url(id, period),
        of=periods.called(period.first, period.last), otherwise=_otherwise(one.value(period) if one else None, kept),
    )  # fmt: skip


def _otherwise(now: Any, kept: ReportFigure | None) -> str:
    if kept is None or kept.previous_value == now:
        return ""
    told = {"told": in_number(kept.previous_value), "now": in_number(now)}
    return _("The report told %(told)s; the records of today give %(now)s.", **told)


def _all_url(report: Report, id: str) -> str:
    """The list of all records behind it. A figure that is typed anew has one record, which is shown anyway."""
    if report.is_signed:
        return url_for("reports.kept", id=report.id, figure_id=id)
    return "" if catalogue.is_typed(id) else _days_url(id, figures.period_of(report))


def _days_url(id: str, period: Period) -> str:
    days: dict[str, Any] = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return url_for("reports.figure", figure_id=id, **days)


def _rows(id: str, kept: ReportFigure | None, period: Period, reader: Actor) -> tuple[list[Row], int]:
    """The first of them as rows, and how many the reader may open."""
    record, one = catalogue.record_of(id), catalogue.of_period(period).get(id)
    if kept:
        ids = queries.kept_in(kept)
    elif one:
        ids = one.records(period).with_only_columns(record.id).order_by(None).correlate(None)
    else:
        return [], 0
    if record is None:
        return [], 0
    rows, count = first_of(queries.to_read(record, ids, reader), record, reader)
    told_as_listed(reader, {record: len(rows)})
    return rows, count


def _part(report: Report, name: str, part: Mapping[str, Any]) -> Part:
    rows = side_by_side.rows(name, part)
    return side_by_side.drawn(name, part["label"], rows, report.first, report.last)
