"""A figure opened in its row: its definition, its breakdowns and the records behind it that the reader may open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from portal.engine.access import Actor, within
from portal.engine.db import db
from portal.engine.indicators import Examples, Indicator, Period
from portal.reports import catalogue, figures, queries
from portal.reports.models import Report, ReportFigure
from portal.reports.presenters import side_by_side
from portal.reports.presenters.side_by_side import Part
from portal.reports.rows import Row, drawn, listed, told_as_listed

MOST_ROWS = 20


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
        return any(one.figure_id == id for one in report.figures)
    return id in catalogue.of_period(figures.period_of(report))


def opened(report: Report, id: str, reader: Actor) -> Opened:
    """What stands behind a figure: now, or of the records that the approval froze."""
    period = figures.period_of(report)
    one = catalogue.of_period(period).get(id)
    kept = next((figure for figure in report.figures if figure.figure_id == id), None)
    parts = kept.parts if kept else figures.parts_of(one, period) if one else {}
    if kept and kept.kind == "stock":  # what there is on a day has no months, although it was once frozen with them
        parts = {name: part for name, part in parts.items() if name != side_by_side.MONTH}
    counted = len(kept.ids) if kept else one.records_counted(period) if one else 0
    rows, mine = _rows(one, kept, period, reader) if one else ([], 0)
    listed_whole = mine and not report.is_signed and not catalogue.is_typed(id)
    days: dict[str, Any] = {"from": report.first.isoformat(), "to": report.last.isoformat()}
    return Opened(
        id, kept.definition if kept else str(one.definition) if one else "", one.examples if one else Examples(),
        one.note if one else "", [_part(report, name, part) for name, part in parts.items()],
        one.note_on_parts if one else "", rows, counted, mine,
        url_for("reports.figure", figure_id=id, **days) if listed_whole else "",
        kept is None or kept.records_intact, kept is not None and kept.was_brought_in,
    )  # fmt: skip


def _rows(one: Indicator, kept: ReportFigure | None, period: Period, reader: Actor) -> tuple[list[Row], int]:
    """The first of them as rows, and how many the reader may open."""
    kind = listed(one.record)
    now = one.records(period).with_only_columns(one.record.id).order_by(None).correlate(None)
    ids = queries.kept_in(kept) if kept else now
    mine = select(one.record).where(one.record.id.in_(ids), within(reader, "read", one.record))
    count = db.session.scalar(mine.with_only_columns(func.count(one.record.id))) or 0
    shown = mine.options(*kind.options).order_by(kind.by, one.record.id).limit(MOST_ROWS)
    found = db.session.scalars(shown).unique().all()
    rows = drawn(one.record, found, reader)
    told_as_listed(reader, {one.record: len(rows)})
    return rows, count


def _part(report: Report, name: str, part: Mapping[str, Any]) -> Part:
    rows = side_by_side.rows(name, part)
    return side_by_side.drawn(name, part["label"], rows, report.first, report.last)
