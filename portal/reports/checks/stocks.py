"""Stocks with their flows: what was there before, what came and what went make what is there now."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Select, case, select

from portal.cases.indicators import counted, serving
from portal.cases.models import CASE_TYPE_NAMES, Case, CaseType
from portal.drugs.indicators import of_people
from portal.drugs.models import DrugReviewEntry
from portal.engine.db import Kept, db
from portal.engine.indicators import Indicator, Period
from portal.engine.refusal import Plain
from portal.engine.spans import going_on
from portal.engine.text import _l, mark
from portal.forces.indicators import (
    CAMERAS,
    CIVIL_DEFENCE_MEMBERS,
    CIVIL_DEFENCE_TEAMS,
    FIRE_MEMBERS,
    NEW_CAMERAS,
    PEOPLE_SECURITY_MEMBERS,
    SECURITY_MEMBERS,
    cameras_in_place,
    members_of,
    teams_in_being,
)
from portal.forces.models import TEAM_KIND_NAMES, Camera, SecurityTeam, TeamKind, TeamMember
from portal.incidents.models import TipBox
from portal.movement.indicators import RUNNING, running
from portal.movement.models import Model
from portal.organisation.models import Unit, UnitKind
from portal.profile.indicators import VILLAGES, villages
from portal.reports import figures
from portal.reports.checks.finding import MOST_RECORDS, Check, Finding, Weight, at_once
from portal.reports.checks.records import in_period, standing
from portal.reports.models import Report
from portal.reports.wording.told import Figures

Selects = Callable[[Period], Select[Any]]
SITUATION, DRUGS, MODELS, SENTENCES = "situation", "order.drugs", "models", "sentences"  # sections that tell of stocks


@dataclass(frozen=True)
class Stock:
    """Records of which each is there from a day to a day.

    *there* selects what is there at the end of a period, *came* and *went* what began and what ended in it,
    *backwards* what did both in it and ended first. A report tells of it in a *section*, and by *figures*. Where the
    records have no page, *shown* is the kind that has one, and the column that leads to it.
    """

    name: str
    label: Any
    section: str
    record: type[Kept]
    there: Selects
    came: Selects
    went: Selects
    backwards: Selects
    figures: tuple[str, ...] = ()
    shown: tuple[type[Kept], Any] | None = None


# ── how each of them is selected ────────────────────────────────────────────────────────────────────────────────────
def _of_day(among: Selects, day: Any, period: Period) -> Select[Any]:
    """Those of which a day, on which they began or ended, lies in the period."""
    return among(period).where(in_period(day, period))


def _backwards(among: Selects, began: Any, ended: Any, period: Period) -> Select[Any]:
    return among(period).where(in_period(began, period), in_period(ended, period), ended < began)


def _there_between(among: Selects, began: Any, ended: Any, period: Period) -> Select[Any]:
    return among(period).where(began <= period.last, going_on(ended, period.last))


def _of_days(
    name: str, label: Any, section: str, record: Any, began: Any, ended: Any, *, among: Selects | None = None,
    there: Selects | None = None, told_by: tuple[Indicator, ...] = (), shown: tuple[type[Kept], Any] | None = None,
) -> Stock:  # fmt: skip
    """A stock of what begins on one day and ends with another, the first on which it is no more."""
    among = among or partial(standing, record)
    return Stock(
        name, label, section, record, there or partial(_there_between, among, began, ended),
        partial(_of_day, among, began), partial(_of_day, among, ended), partial(_backwards, among, began, ended),
        tuple(one.id for one in told_by), shown,
    )  # fmt: skip


def _of_cases(of_type: CaseType) -> Stock:
    section = DRUGS if of_type == CaseType.DRUG_USER_MANAGEMENT else SENTENCES
    return _of_days(
        f"cases.{of_type}", CASE_TYPE_NAMES[of_type], section, Case, Case.received_on, Case.closed_on,
        among=lambda period: select(Case).where(counted(period, of_type)), there=serving(of_type),
    )  # fmt: skip


def _of_teams(kind: TeamKind) -> Stock:
    return _of_days(
        f"teams.{kind}", TEAM_KIND_NAMES[kind], MODELS, SecurityTeam, SecurityTeam.established_on,
        SecurityTeam.dissolved_on, among=lambda period: standing(SecurityTeam, period).where(SecurityTeam.kind == kind),
        there=partial(teams_in_being, kind), told_by=(CIVIL_DEFENCE_TEAMS,) if kind == TeamKind.CIVIL_DEFENCE else (),
    )  # fmt: skip


# Whoever serves ends with the team, if not before; each time that somebody serves is a line, and ends by itself.
_SERVED_UNTIL = case(
    (TeamMember.left_on.is_(None), SecurityTeam.dissolved_on),
    (SecurityTeam.dissolved_on < TeamMember.left_on, SecurityTeam.dissolved_on),
    else_=TeamMember.left_on,
)


def _lines_of(kind: TeamKind, period: Period) -> Select[Any]:
    lines = select(TeamMember).join(SecurityTeam, SecurityTeam.id == TeamMember.team_id)
    return lines.where(
        SecurityTeam.commune_id.in_(period.communes), SecurityTeam.voided_at.is_(None), SecurityTeam.kind == kind,
        TeamMember.voided_at.is_(None),
    )  # fmt: skip


def _of_members(kind: TeamKind, figure: Indicator) -> Stock:
    return _of_days(
        figure.id, figure.label, MODELS, TeamMember, TeamMember.joined_on, _SERVED_UNTIL,
        among=partial(_lines_of, kind), there=partial(members_of, kind), told_by=(figure,),
        shown=(SecurityTeam, TeamMember.team_id),
    )  # fmt: skip


def _all_villages(period: Period) -> Select[Any]:
    return standing(Unit, period).where(Unit.kind == UnitKind.VILLAGE)


def _villages_ended(period: Period) -> Select[Any]:
    """The last day of a village is one on which it is there still."""
    day = timedelta(days=1)
    return _all_villages(period).where(Unit.valid_to.between(period.first - day, period.last - day))


MEMBERS = {
    TeamKind.SECURITY: SECURITY_MEMBERS,
    TeamKind.PEOPLE_SECURITY: PEOPLE_SECURITY_MEMBERS,
    TeamKind.CIVIL_DEFENCE: CIVIL_DEFENCE_MEMBERS,
    TeamKind.INTERFAMILY_FIRE: FIRE_MEMBERS,
}
STOCKS: tuple[Stock, ...] = (
    *(_of_cases(of_type) for of_type in CaseType),
    _of_days(
        "cameras", _l("Cameras"), MODELS, Camera, Camera.installed_on, Camera.removed_on, there=cameras_in_place,
        told_by=(NEW_CAMERAS, CAMERAS),
    ),
    _of_days("tip_boxes", _l("Tip boxes"), DRUGS, TipBox, TipBox.installed_on, TipBox.removed_on),
    _of_days(
        "drugs.review_list", _l("Review list"), DRUGS, DrugReviewEntry, DrugReviewEntry.listed_on,
        DrugReviewEntry.removed_on, among=partial(of_people, DrugReviewEntry),
    ),
    *(_of_teams(kind) for kind in MEMBERS),
    *(_of_members(kind, figure) for kind, figure in MEMBERS.items()),
    _of_days(
        "models", _l("Models"), MODELS, Model, Model.launched_on, Model.ended_on, there=running, told_by=(RUNNING,)
    ),
    Stock(
        "villages", _l("Villages"), SITUATION, Unit, villages, partial(_of_day, _all_villages, Unit.valid_from),
        _villages_ended, partial(_backwards, _all_villages, Unit.valid_from, Unit.valid_to), (VILLAGES.id,),
    ),
)  # fmt: skip


# ── the check ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _is_told(stock: Stock, report: Report) -> bool:
    """Whether a kind of report tells of a stock: in the text of its section, or in the table of all figures."""
    return report.kind.table or stock.section in report.kind.sections


def stock_and_flow(report: Report, _told: Figures) -> Iterator[Finding]:
    """Each stock that the report tells, record by record: one error may hide another in the numbers."""
    yield from _contradictions(report, [one for one in STOCKS if _is_told(one, report)])


def other_stocks(report: Report, _told: Figures) -> Iterator[Finding]:
    """The same of all others: what is wrong there stands in none of its sentences."""
    yield from _contradictions(report, [one for one in STOCKS if not _is_told(one, report)])


def _contradictions(report: Report, stocks: Iterable[Stock]) -> Iterator[Finding]:
    """What was there on the day before the first, came and went, against what is there at the end."""
    period = figures.period_of(report)
    day_before = period.first - timedelta(days=1)
    for stock in stocks:
        before = _ids(stock, stock.there(Period(day_before, day_before, period.communes)))
        came, went, now = (_ids(stock, found(period)) for found in (stock.came, stock.went, stock.there))
        odd = ((before | came) - went) ^ now | (went - before - came) | _ids(stock, stock.backwards(period))
        if odd:
            yield _unbalanced(stock, (len(before), len(came), len(went), len(now)), sorted(odd))


def _ids(stock: Stock, found: Select[Any]) -> set[int]:
    return set(db.session.scalars(found.with_only_columns(stock.record.id).order_by(None)))


def _unbalanced(stock: Stock, counts: tuple[int, int, int, int], odd: list[int]) -> Finding:
    before, came, went, now = counts
    text = mark("%(what)s: the numbers add up, but the days of %(count)s records contradict each other. Mend them.")
    if before + came - went != now:
        text = mark(
            "%(what)s: %(before)s before the period, %(came)s that came and %(went)s that went make %(sum)s, but "
            "%(now)s are there at its end. Mend the days of these records."
        )
    told = {"before": before, "came": came, "went": went, "now": now, "sum": before + came - went, "count": len(odd)}
    return Finding(
        Plain(text, what=stock.label, **told), (stock.name, *counts, *odd), figures=stock.figures,
        records=_with_pages(stock, odd[:MOST_RECORDS]),
    )  # fmt: skip


def _with_pages(stock: Stock, ids: list[int]) -> list[tuple[type[Kept], int]]:
    if stock.shown is None:
        return [(stock.record, one) for one in ids]
    kind, column = stock.shown
    owners = select(column).where(stock.record.id.in_(ids)).distinct().order_by(column)
    return [(kind, one) for one in db.session.scalars(owners)]


STOCK_AND_FLOW = Check(
    "stock-and-flow", _l("What was there, came and went makes what is there now"),
    _l("For cases, cameras, tip boxes, the review list, teams with their members, models and villages, as far as the "
       "report tells of them. A report in which it does not is not approved."),
    Weight.HARD, at_once(stock_and_flow),
)  # fmt: skip
OTHER_STOCKS = Check(
    "other-stocks", _l("So it does in what this report does not tell"),
    _l("No section of it tells of these records, but other reports do: mend their days, or say why it goes without."),
    Weight.DOUBT, at_once(other_stocks),
)  # fmt: skip
