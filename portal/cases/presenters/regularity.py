"""How regularly self-reports come, month by month, and whose they were: of the cases that the reader may read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, url_for
from flask_babel import format_decimal
from sqlalchemy import Select
from sqlalchemy.orm import contains_eager

from portal.cases import queries
from portal.cases.models import Case
from portal.cases.months import spelled
from portal.cases.regularity import WAS_DUE, Came, Report, last_months, reports
from portal.engine import audit
from portal.engine.access import Actor
from portal.engine.charts import FULL, HATCHED, HOLLOW, Bar, Chart, Part
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.text import _, _l, ngettext
from portal.people.presenter import withheld

MONTHS = 12
LOOKS = {Came.IN_TIME: FULL, Came.LATE: HATCHED, Came.MISSING: HOLLOW}
NAMES = {Came.IN_TIME: _l("On time"), Came.LATE: _l("Late"), Came.MISSING: _l("Not handed in")}


@dataclass(frozen=True)
class Row:
    """A report behind a figure: whose, and when."""

    name: str
    url: str
    told: str


@dataclass(frozen=True)
class Opened:
    """A figure that was opened, with what it counted."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Page:
    chart: Chart
    opened: Opened | None


def page(user: Actor, cases: Select[Any], month: date | None, shown: str) -> Page:
    """The chart of the last twelve months; where the address names a month and what came in it, those reports too."""
    months = last_months(MONTHS)
    found = reports(cases, months)
    return Page(_chart(found, months), _opened(user, cases, found, month, shown) if month or shown else None)


def _chart(found: Sequence[Report], months: Sequence[date]) -> Chart:
    counts = {month: Counter(one.came for one in found if one.month == month) for month in months}
    due = sum(one.came in WAS_DUE for one in found)
    return Chart(
        "regularity", _("Self-reports by month"), _finding(found, months), _("Month"), _("Were due"),
        [_bar(month, counts[month]) for month in months],
        looks={LOOKS[came]: str(name) for came, name in NAMES.items()}, parted=True,
        telling=_("Besides") if any(count[Came.NOT_DUE] for count in counts.values()) else "",
        empty="" if due else _("No self-report was due in these months in the cases that you may read."),
    )  # fmt: skip


def _bar(month: date, count: Counter[Came]) -> Bar:
    parts = tuple(Part(count[came], LOOKS[came], _url(month, came)) for came in WAS_DUE)
    waiting = count[Came.NOT_DUE]
    told = ngettext("%(num)s not due yet", "%(num)s not due yet", waiting) if waiting else ""
    return Bar(spelled(month), parts, short=str(month.month), told=told)


def _url(month: date, came: Came) -> str:
    return url_for("cases.regularity", month=f"{month:%Y-%m}", show=came.value)


def _finding(found: Sequence[Report], months: Sequence[date]) -> str:
    count = Counter(one.came for one in found)
    told = {came.value: format_decimal(count[came]) for came in WAS_DUE}
    return _(
        "From %(first)s to %(last)s %(due)s were due: %(in_time)s came in time, %(late)s late, %(missing)s not at all.",
        first=spelled(months[0]), last=spelled(months[-1]), due=format_decimal(sum(count[one] for one in WAS_DUE)),
        **told,
    )  # fmt: skip


def _opened(user: Actor, cases: Select[Any], found: Sequence[Report], month: date | None, shown: str) -> Opened:
    """What one number of the chart counted. Names are shown, so it is written down like any list of cases."""
    came = next((one for one in WAS_DUE if one.value == shown), None)
    if came is None or month not in last_months(MONTHS):
        abort(404)
    counted = {one.case_id: one for one in found if one.month == month and one.came == came}
    rows = _rows(user, cases, counted)
    audit.tell("list", user, None, type="case", rows=len(rows))
    told = ngettext("%(num)s self-report", "%(num)s self-reports", len(rows))
    return Opened(f"{spelled(month)}, {NAMES[came]}: {told}", rows)


def _rows(user: Actor, cases: Select[Any], counted: dict[int, Report]) -> list[Row]:
    asked = cases.join(Case.person).where(Case.id.in_(counted)).order_by(*queries.by_name(user))
    people = db.session.scalars(asked.options(contains_eager(Case.person))).unique().all()
    named = queries.visible_names(user, people)
    return [
        Row(
            one.person.full_name if one.person_id in named else withheld(), url_for("cases.show", id=one.id),
            _told(counted[one.id]),
        )
        for one in people
    ]  # fmt: skip


def _told(report: Report) -> str:
    if report.received_on is None:
        return _("due until %(day)s", day=day(report.due_on))
    return _("due until %(day)s, came on %(came)s", day=day(report.due_on), came=day(report.received_on))
