"""Figures side by side: of one commune in several years, of several communes in one period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from flask import url_for

from portal.engine.access import Actor
from portal.engine.indicators import Period, Share
from portal.engine.presentation import day
from portal.engine.text import _
from portal.engine.waiting import Work
from portal.organisation.models import Unit
from portal.reports import catalogue, outline, queries
from portal.reports.deadlines import days_late, first_sent
from portal.reports.models import Report, ReportFigure, ReportKind
from portal.reports.presenters.page import in_number, opens
from portal.reports.usual import usual_codes


@dataclass(frozen=True)
class Cell:
    value: str
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A figure over all columns; *part* of the one above."""

    label: Any
    part: bool
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Group:
    id: str
    title: Any
    rows: Sequence[Row]


# ── years of one commune ────────────────────────────────────────────────────────────────────────────────────────────
def years(period: Period, count: int) -> list[Period]:
    """The same days of several years, the latest first."""
    found = [period]
    while len(found) < count:
        found.append(found[-1].year_before())
    return found


def counting(periods: Sequence[Period]) -> Work[outline.Line, Row]:
    """Every figure of the outline as the records give it now, each opening its records; line by line, as it takes
    long."""
    return Work([line for section in outline.OUTLINE for line in section.lines], partial(_over_years, periods=periods))


def _over_years(line: outline.Line, periods: Sequence[Period]) -> Row:
    return Row(line.indicator.label, line.part, [_counted(line.indicator, period) for period in periods])


def over_years(work: Work[outline.Line, Row]) -> Iterator[Group]:
    """What was counted, by the sections of the outline."""
    rows = iter(work.finished())
    for section in outline.OUTLINE:
        yield Group(section.id, section.title, list(islice(rows, len(section.lines))))


def _counted(one: Any, period: Period) -> Cell:
    days: dict[str, Any] = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return Cell(in_number(one.value(period)), url_for("reports.figure", figure_id=one.id, **days))


# ── communes of one period ──────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Wanted:
    """A kind and its days. Usual kinds of several communes are the same by their *code*; a commune's own is not that of
    any other, whatever it is called, and so is known by its *id*."""

    code: str
    id: int | None
    first: date
    last: date

    @property
    def key(self) -> str:
        kind = self.code if self.id is None else str(self.id)
        return f"{kind}_{self.first.isoformat()}_{self.last.isoformat()}"

    @property
    def reports(self) -> Sequence[Any]:
        """By which its reports are found."""
        of_kind = ReportKind.code == self.code if self.id is None else ReportKind.id == self.id
        return Report.kind.has(of_kind), Report.first == self.first, Report.last == self.last


@dataclass(frozen=True)
class Choice:
    """A kind and a period of which a report was signed."""

    key: str
    label: str
    wanted: Wanted


@dataclass(frozen=True)
class Column:
    """A commune, and what it signed; *state* says how that stands, *shape* draws it."""

    commune: Unit
    report: Report | None
    state: str
    shape: str


def choices(reader: Actor) -> list[Choice]:
    """What the reader can compare, the newest period first."""
    known = usual_codes()
    found = {
        Wanted(kind.code, None if kind.code in known else kind.id, first, last): kind
        for kind, first, last in queries.signed_periods(reader)
    }
    return [Choice(wanted.key, _called(kind, wanted), wanted) for wanted, kind in found.items()]


def _called(kind: ReportKind, wanted: Wanted) -> str:
    return _("%(title)s, %(first)s to %(last)s", title=kind.title, first=day(wanted.first), last=day(wanted.last))


def columns(reader: Actor, wanted: Wanted) -> list[Column]:
    """Every commune in the reader's scope, with its signed report or without; of a commune's own kind, that commune."""
    signed = _by_commune(queries.signed_for(reader, *wanted.reports))
    approved = _by_commune(queries.approved_for(reader, *wanted.reports))
    known = {**approved, **signed}
    communes = [one for one in queries.communes_of(reader) if wanted.id is None or one.id in known]
    kinds = queries.coded(wanted.code, [one for one in communes if one.id not in known])
    return [
        _column(unit, signed[unit.id])
        if unit.id in signed
        else _unsigned(unit, approved.get(unit.id), kinds.get(unit.id), wanted.last)
        for unit in communes
    ]


def _by_commune(found: Sequence[Report]) -> dict[int, Report]:
    return {one.commune.heir_id or one.commune_id: one for one in found}


def _unsigned(commune: Unit, approved: Report | None, kind: ReportKind | None, last: date) -> Column:
    """A commune whose figures are not there: it has approved nothing yet, or nobody has signed what it approved."""
    due = approved.due_on if approved else kind.due_on(last) if kind else None
    shape = "overdue" if days_late(due, None) else "todo"
    if approved:
        on = day(approved.approved_on)
        if shape == "todo":
            return Column(commune, None, _("Approved on %(day)s and not signed yet", day=on), shape)
        late = _("Late: approved on %(day)s and not signed yet, due on %(due)s", day=on, due=day(due))
        return Column(commune, None, late, shape)
    late = _("Missing; it was due on %(day)s", day=day(due)) if shape == "overdue" else _("Missing")
    return Column(commune, None, late, shape)


def _column(commune: Unit, report: Report) -> Column:
    sent = first_sent([report, *queries.versions_before(report)])
    shape = "soon" if days_late(report.due_on, sent) else "done"
    return Column(commune, report, _sent(report, sent, report.due_on if shape == "soon" else None), shape)


def _sent(report: Report, sent: Report | None, missed: date | None) -> str:
    """How a signed report stands; *missed* is the day by which it should have been sent."""
    on, due = day(sent.sent_on if sent else report.approved_on), day(missed)
    if missed is None:
        return _("Sent on %(day)s", day=on) if sent else _("Signed, and approved on %(day)s; not sent yet", day=on)
    if sent:
        return _("Late: sent on %(day)s, due on %(due)s", day=on, due=due)
    return _("Late: approved on %(day)s and not sent, due on %(due)s", day=on, due=due)


def over_communes(found: Sequence[Column]) -> Iterator[Group]:
    """The frozen figures side by side, and their sum over what was signed."""
    reports = [one.report for one in found]
    kept = [{one.figure_id: one for one in report.figures} if report else {} for report in reports]
    for section in outline.OUTLINE:
        rows = [
            Row(
                line.indicator.label,
                line.part,
                [*_signed(line.indicator.id, reports, kept), _sum(line.indicator, kept)],
            )
            for line in section.lines
            if any(line.indicator.id in one for one in kept)
        ]
        if rows:
            yield Group(section.id, section.title, rows)


Kept = Sequence[Mapping[str, ReportFigure]]


def _signed(name: str, reports: Sequence[Report | None], kept: Kept) -> Iterator[Cell]:
    for report, there in zip(reports, kept, strict=True):
        if report is not None and name in there:
            yield Cell(in_number(there[name].value), opens(report, name))
        else:
            yield Cell("")


def _sum(one: Any, kept: Kept) -> Cell:
    """Shares are not added up."""
    values = [there[one.id].value for there in kept if one.id in there and there[one.id].value is not None]
    declared = catalogue.indicator(one.id)
    return Cell("") if not values or isinstance(declared, Share) else Cell(in_number(round(sum(values), 2)))
