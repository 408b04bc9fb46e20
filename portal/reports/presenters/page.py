"""A report as its page shows it: headlines, charts, the table of figures, the text in which each figure opens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.documents import issuers
from portal.engine.presentation import number
from portal.engine.text import _, _l
from portal.reports import catalogue, outline
from portal.reports.catalogue import label_of
from portal.reports.deadlines import days_late, late_by
from portal.reports.figures import nothing_recorded, period_of
from portal.reports.models import Report
from portal.reports.naming import CRIME
from portal.reports.wording import periods, screen
from portal.reports.wording.runs import Paragraph, Run
from portal.reports.wording.told import Figures, Told

OTHERS, SECURITY = "others", "security"


@dataclass(frozen=True)
class FigureRow:
    """A figure of the table; *part* of the one above."""

    id: str
    label: Any
    value: str
    previous: str
    change: str
    direction: str
    url: str
    previous_url: str
    unit: Any
    part: bool
    opened: bool


@dataclass(frozen=True)
class Group:
    """The figures of a section of the outline."""

    id: str
    title: Any
    rows: Sequence[FigureRow]

    @property
    def opened(self) -> bool:
        return any(row.opened for row in self.rows)


@dataclass(frozen=True)
class Headline:
    label: Any
    value: str
    unit: Any
    url: str
    comparison: str
    direction: str


def title(report: Report) -> str:
    """Its kind and its period, as the paper says it."""
    return f"{report.title} {periods.called(report.first, report.last)}"


def heading(report: Report) -> str:
    """The period alone: of what kind it is stands under it."""
    return f"Báo cáo {periods.called(report.first, report.last)}"


def opens(report: Report, id: str, **more: Any) -> str:
    """Where a figure opens in its row."""
    return url_for("reports.show", id=report.id, opened=id, **more, _anchor=f"f-{id}")


def of_its_own(report: Report, text: Sequence[Paragraph]) -> list[str]:
    """The figures that the text of a report on some subjects names, in the order of the outline; none for one on all
    of public order, whose figures are those of the whole."""
    if CRIME in report.kind.sections:
        return []
    runs = [part for one in text for run in one.runs for part in (run, *run.note)]
    named = {run.figure for run in runs if run.figure}
    return [one.id for one in outline.ordered() if one.id in named]


def shown_first(found: Sequence[Group], own: Sequence[str]) -> list[Group]:
    """The groups of the table that stand open: those of the report's own figures, else that of security."""
    of_own = [group for group in found if any(row.id in own for row in group.rows)]
    return of_own or [group for group in found if group.id == SECURITY] or list(found[:1])


def headlines(report: Report, told: Figures, own: Sequence[str] = ()) -> list[Headline]:
    """The figures that stand large: of a report on some subjects the first of its *own*."""
    there = [told[name] for name in own if name in told][: outline.MOST_HEADLINES]
    there = there or [told[name] for name in outline.headlines(told)]
    return [
        Headline(label_of(one), in_number(one.value), unit_of(one), opens(report, one.id), screen.comparison(one),
                 screen.direction(one))
        for one in there
    ]  # fmt: skip


def groups(report: Report, told: Figures, opened: str) -> Iterator[Group]:
    """The table in the order of the outline; what has no place there stands last."""
    placed: set[str] = set()
    for section in outline.OUTLINE:
        lines = [line for line in section.lines if line.indicator.id in told]
        placed |= {line.indicator.id for line in lines}
        if lines:
            rows = [_row(report, told[line.indicator.id], opened, line.part) for line in lines]
            yield Group(section.id, section.title, rows)
    left = [one for one in told if one.id not in placed and one.kind != catalogue.TYPED]
    if left:
        yield Group(OTHERS, _l("Other figures"), [_row(report, one, opened) for one in left])
    typed = [one for one in told if one.kind == catalogue.TYPED]
    if typed:
        yield Group(catalogue.TYPED, _l("Typed by hand"), [_row(report, one, opened) for one in typed])


def _row(report: Report, one: Told, opened: str, part: bool = False) -> FigureRow:
    return FigureRow(
        one.id, label_of(one), in_number(one.value), in_number(one.previous_value), screen.change(one),
        screen.direction(one), opens(report, one.id), opens(report, one.id, of="before"), unit_of(one),
        part, one.id == opened,
    )  # fmt: skip


def unit_of(one: Told) -> Any:
    declared = catalogue.indicator(one.id)
    return declared.unit if declared else one.unit


def in_number(value: Any) -> str:
    """A typed figure may be a text."""
    return value if isinstance(value, str) else number(value)


@dataclass(frozen=True)
class Piece:
    """A run as the page draws it: with the address at which its figure opens, and the number of its footnote."""

    run: Run
    url: str
    note: int


@dataclass(frozen=True)
class Line:
    """A paragraph of the text."""

    section: str
    level: int
    pieces: Sequence[Piece]


def lines(report: Report, text: Sequence[Paragraph]) -> tuple[list[Line], list[list[Piece]]]:
    """The paragraphs, and the footnotes in their order."""
    told: list[Line] = []
    notes: list[list[Piece]] = []
    for one in text:
        pieces = []
        for run in one.runs:
            if run.note:
                notes.append([Piece(part, _url(report, part), 0) for part in run.note])
            pieces.append(Piece(run, _url(report, run), len(notes) if run.note else 0))
        told.append(Line(one.section, one.level, pieces))
    return told, notes


def _url(report: Report, run: Run) -> str:
    return opens(report, run.figure) if run.figure else ""


def facts(report: Report, told: Figures) -> list[str]:
    """What stands under the heading: kind, days, comparison, the commune as it was called; and that there is nothing
    to tell of, where nothing was recorded."""
    known = [
        report.title,
        *_lateness(report),
        _("%(first)s to %(last)s", first=_day(report.first), last=_day(report.last)),
        _("Against the same period of %(year)s", year=report.year_before),
        issuers.commune_on(report.commune, report.last).title,
    ]
    if nothing_recorded(told):
        known.insert(0, _("Nothing was recorded in these days: this report tells of nothing"))
    if report.version_no > 1:
        known.insert(0, _("Version %(number)s", number=report.version_no))
    if report.document and report.document.file_differs:
        other = report.document.number_in_file
        known.append(_("Number %(number)s; its kept file says %(other)s", number=report.document.number, other=other))
    return known


def columns(report: Report) -> tuple[str, str]:
    """What stands over the numbers of the period and over those of the year before."""
    now, before = (period := period_of(report)), period.year_before()
    return periods.over_column(now.first, now.last), periods.over_column(before.first, before.last)


def _lateness(report: Report) -> list[str]:
    """By when it is owed, as long as it is not sent; and for how long it is late."""
    if report.due_on is None or report.sent_on or report.voided_at:
        return []
    late = days_late(report.due_on, None)
    return [_("Due on %(day)s", day=_day(report.due_on)), *([late_by(late)] if late else [])]


def _day(value: Any) -> str:
    return f"{value:%d/%m/%Y}"
