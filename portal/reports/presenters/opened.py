"""A figure opened in its row: its definition, its breakdowns and the records behind it that the reader may open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select

from portal.engine.access import Actor, within
from portal.engine.db import db
from portal.engine.indicators import Examples, Indicator
from portal.reports import catalogue, figures
from portal.reports.models import Report
from portal.reports.presenters import side_by_side
from portal.reports.presenters.side_by_side import Part
from portal.reports.rows import Row, drawn, listed, told_as_listed

MOST_ROWS = 20
PIECE = 500  # ids asked for at once: both engines bound what stands in a list


@dataclass(frozen=True)
class Opened:
    """*counted* records stand behind it, *mine* of which the reader may open; *all_url* lists them page by page."""

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


def opened(report: Report, id: str, reader: Actor) -> Opened | None:
    """What stands behind a figure: now, or of the records that the approval froze."""
    period = figures.period_of(report)
    one = catalogue.of_period(period).get(id)
    kept = next((figure for figure in report.figures if figure.figure_id == id), None)
    if (report.is_signed and kept is None) or (kept is None and one is None):
        return None
    ids = kept.ids if kept else figures.ids_counted(one, period) if one else []
    parts = kept.parts if kept else figures.parts_of(one, period) if one else {}
    if kept and kept.kind == "stock":  # what there is on a day has no months, although it was once frozen with them
        parts = {name: part for name, part in parts.items() if name != side_by_side.MONTH}
    found, mine = _rows(one, ids, reader) if one else ([], 0)
    listed_whole = mine and not report.is_signed and not catalogue.is_typed(id)
    days: dict[str, Any] = {"from": report.first.isoformat(), "to": report.last.isoformat()}
    return Opened(
        id, kept.definition if kept else str(one.definition) if one else "", one.examples if one else Examples(),
        one.note if one else "", [_part(report, name, part) for name, part in parts.items()],
        one.note_on_parts if one else "", found, len(ids), mine,
        url_for("reports.figure", figure_id=id, **days) if listed_whole else "",
    )  # fmt: skip


def _rows(one: Indicator, ids: Sequence[int], reader: Actor) -> tuple[list[Row], int]:
    """The first of them as rows, and how many the reader may open."""
    kind = listed(one.record)
    readable = within(reader, "read", one.record)
    asked = [
        select(one.record).where(one.record.id.in_(ids[start : start + PIECE]), readable)
        for start in range(0, len(ids), PIECE)
    ]
    mine = [found for some in asked for found in db.session.scalars(some.with_only_columns(one.record.id))]
    shown = select(one.record).where(one.record.id.in_(mine[:PIECE]), readable).options(*kind.options)
    found = db.session.scalars(shown.order_by(kind.by, one.record.id).limit(MOST_ROWS)).unique().all()
    rows = drawn(one.record, found, reader)
    told_as_listed(reader, {one.record: len(rows)})
    return rows, len(mine)


def _part(report: Report, name: str, part: Mapping[str, Any]) -> Part:
    rows = side_by_side.rows(name, part)
    return side_by_side.drawn(name, part["label"], rows, report.first, report.last)
