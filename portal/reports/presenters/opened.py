"""A figure opened in its row: its definition, its breakdowns and the records behind it that the reader may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from portal.engine.access import Actor, ask_ahead, within
from portal.engine.db import db
from portal.engine.indicators import Examples, Indicator, Period
from portal.reports import catalogue, figures, queries
from portal.reports.models import Report, ReportFigure
from portal.reports.presenters.page import in_number
from portal.reports.rows import Row, listed

MOST_ROWS = 20


@dataclass(frozen=True)
class Part:
    """One way to part a figure, both periods side by side."""

    label: str
    rows: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Opened:
    """*counted* records stand behind it, *mine* of which the reader may open; *all_url* lists them page by page.
    *intact*: whether the records are those of the approval."""

    id: str
    definition: str
    examples: Examples
    note: Any
    parts: Sequence[Part]
    rows: Sequence[Row]
    counted: int
    mine: int
    all_url: str
    intact: bool = True


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
    counted = len(kept.ids) if kept else one.records_counted(period) if one else 0
    rows, mine = _rows(one, kept, period, reader) if one else ([], 0)
    listed_whole = mine and not report.is_signed and not catalogue.is_typed(id)
    days: dict[str, Any] = {"from": report.first.isoformat(), "to": report.last.isoformat()}
    return Opened(
        id, kept.definition if kept else str(one.definition) if one else "", one.examples if one else Examples(),
        one.note if one else "", [_part(part) for part in parts.values()], rows, counted, mine,
        url_for("reports.figure", figure_id=id, **days) if listed_whole else "",
        kept is None or kept.records_intact,
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
    if kind.people:
        ask_ahead(reader, [kind.people(record) for record in found])
    return [kind.row(record) for record in found], count


def _part(part: dict[str, Any]) -> Part:
    """Rows of both periods by what they tell; months of the two years stand in one row."""
    now, before = ({_short(what): value for what, value in part[when]} for when in ("now", "before"))
    names = list(dict.fromkeys([*now, *before]))
    if all(_is_month(what) for what, _value in part["now"]):
        names.sort()
    return Part(part["label"], [(one, in_number(now.get(one, 0)), in_number(before.get(one, 0))) for one in names])


def _short(what: str) -> str:
    """A month without its year: "03/2024" and "03/2023" are both "03"."""
    return what[:2] if _is_month(what) else what


def _is_month(what: str) -> bool:
    month, slash, year = what.partition("/")
    return bool(slash) and month.isdigit() and year.isdigit() and len(month) == 2
