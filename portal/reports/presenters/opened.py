"""A figure opened in its row: its definition, its breakdowns and the records behind it that the reader may open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.engine.access import Actor
from portal.engine.indicators import Examples, Period
from portal.reports import catalogue, figures, queries
from portal.reports.models import Report, ReportFigure
from portal.reports.presenters import side_by_side
from portal.reports.presenters.side_by_side import Part
from portal.reports.rows import Row, first_of, told_as_listed


@dataclass(frozen=True)
class Opened:
    """*counted* records stand behind it, *mine* of which the reader may open; *all_url* lists them page by page.
    *intact*: whether the records are those of the approval; *elsewhere*: whether they are those of another portal."""

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


def _all_url(report: Report, id: str) -> str:
    """The list of all records behind it. A figure that is typed anew has one record, which is shown anyway."""
    if report.is_signed:
        return url_for("reports.kept", id=report.id, figure_id=id)
    days: dict[str, Any] = {"from": report.first.isoformat(), "to": report.last.isoformat()}
    return "" if catalogue.is_typed(id) else url_for("reports.figure", figure_id=id, **days)


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
