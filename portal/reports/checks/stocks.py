"""Stocks with their flows: what was there before, what came and what went make what is there now."""

from collections.abc import Callable, Iterator
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
from portal.reports.models import Report
from portal.reports.wording.told import Figures

Found = Callable[[Period], Select[Any]]


@dataclass(frozen=True)
class Stock:
    """Records of which each is there from a day to a day.

    *there* selects what is there at the end of a period, *came* and *went* what began and what ended in it. *figures*
    tell of it in the report. Where the records have no page, *shown* is the kind that has one, and the column that
    leads to it.
    """

    name: str
    label: Any
    record: type[Kept]
    there: Found
    came: Found
    went: Found
    figures: tuple[str, ...] = ()
    shown: tuple[type[Kept], Any] | None = None


# ── how each of them is selected ────────────────────────────────────────────────────────────────────────────────────
def _standing(record: Any, period: Period) -> Select[Any]:
    return select(record).where(record.commune_id.in_(period.communes), record.voided_at.is_(None))


def _began_in(standing: Found, began: Any, period: Period) -> Select[Any]:
    return standing(period).where(began.between(period.first, period.last))


def _there_between(standing: Found, began: Any, ended: Any, period: Period) -> Select[Any]:
    return standing(period).where(began <= period.last, going_on(ended, period.last))


def _of_days(
    name: str, label: Any, record: Any, began: Any, ended: Any, *, standing: Found | None = None,
    there: Found | None = None, told_by: tuple[Indicator, ...] = (), shown: tuple[type[Kept], Any] | None = None,
) -> Stock:  # fmt: skip
    """A stock of what begins on one day and ends with another, the first on which it is no more."""
    among = standing or partial(_standing, record)
    return Stock(
        name, label, record, there or partial(_there_between, among, began, ended), partial(_began_in, among, began),
        partial(_began_in, among, ended), tuple(one.id for one in told_by), shown,
    )  # fmt: skip


def _of_cases(of_type: CaseType) -> Stock:
    return _of_days(
        f"cases.{of_type}", CASE_TYPE_NAMES[of_type], Case, Case.received_on, Case.closed_on,
        standing=lambda period: select(Case).where(counted(period, of_type)), there=serving(of_type),
    )  # fmt: skip


def _of_teams(kind: TeamKind) -> Stock:
    return _of_days(
        f"teams.{kind}", TEAM_KIND_NAMES[kind], SecurityTeam, SecurityTeam.established_on, SecurityTeam.dissolved_on,
        standing=lambda period: _standing(SecurityTeam, period).where(SecurityTeam.kind == kind),
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
        figure.id, figure.label, TeamMember, TeamMember.joined_on, _SERVED_UNTIL, standing=partial(_lines_of, kind),
        there=partial(members_of, kind), told_by=(figure,), shown=(SecurityTeam, TeamMember.team_id),
    )  # fmt: skip


def _villages_begun(period: Period) -> Select[Any]:
    return _standing(Unit, period).where(
        Unit.kind == UnitKind.VILLAGE, Unit.valid_from.between(period.first, period.last)
    )


def _villages_ended(period: Period) -> Select[Any]:
    """The last day of a village is one on which it is there still."""
    day = timedelta(days=1)
    last_days = Unit.valid_to.between(period.first - day, period.last - day)
    return _standing(Unit, period).where(Unit.kind == UnitKind.VILLAGE, last_days)


MEMBERS = {
    TeamKind.SECURITY: SECURITY_MEMBERS,
    TeamKind.PEOPLE_SECURITY: PEOPLE_SECURITY_MEMBERS,
    TeamKind.CIVIL_DEFENCE: CIVIL_DEFENCE_MEMBERS,
    TeamKind.INTERFAMILY_FIRE: FIRE_MEMBERS,
}
STOCKS: tuple[Stock, ...] = (
    *(_of_cases(of_type) for of_type in CaseType),
    _of_days(
        "cameras", _l("Cameras"), Camera, Camera.installed_on, Camera.removed_on, there=cameras_in_place,
        told_by=(NEW_CAMERAS, CAMERAS),
    ),
    _of_days("tip_boxes", _l("Tip boxes"), TipBox, TipBox.installed_on, TipBox.removed_on),
    _of_days(
        "drugs.review_list", _l("Review list"), DrugReviewEntry, DrugReviewEntry.listed_on, DrugReviewEntry.removed_on,
        standing=partial(of_people, DrugReviewEntry),
    ),
    *(_of_teams(kind) for kind in MEMBERS),
    *(_of_members(kind, figure) for kind, figure in MEMBERS.items()),
    _of_days("models", _l("Models"), Model, Model.launched_on, Model.ended_on, there=running, told_by=(RUNNING,)),
    Stock("villages", _l("Villages"), Unit, villages, _villages_begun, _villages_ended, (VILLAGES.id,)),
)  # fmt: skip


# ── the check ───────────────────────────────────────────────────────────────────────────────────────────────────────
def stock_and_flow(report: Report, _told: Figures) -> Iterator[Finding]:
    """Each stock: what was there on the day before the first, came and went, against what is there at the end."""
    period = figures.period_of(report)
    day_before = period.first - timedelta(days=1)
    for stock in STOCKS:
        before = _ids(stock, stock.there(Period(day_before, day_before, period.communes)))
        came, went, now = (_ids(stock, found(period)) for found in (stock.came, stock.went, stock.there))
        if len(before) + len(came) - len(went) != len(now):
            yield _unbalanced(stock, before, came, went, now)


def _ids(stock: Stock, found: Select[Any]) -> set[int]:
    return set(db.session.scalars(found.with_only_columns(stock.record.id).order_by(None)))


def _unbalanced(stock: Stock, before: set[int], came: set[int], went: set[int], now: set[int]) -> Finding:
    text = mark(
        "%(what)s: %(before)s before the period, %(came)s that came and %(went)s that went make %(sum)s, but "
        "%(now)s are there at its end. Mend the days of these records."
    )
    told = {"before": len(before), "came": len(came), "went": len(went), "now": len(now)}
    odd = sorted(((before | came) - went) ^ now | (went - before - came))
    return Finding(
        Plain(text, what=stock.label, sum=len(before) + len(came) - len(went), **told),
        (stock.name, *told.values()), figures=stock.figures, records=_with_pages(stock, odd[:MOST_RECORDS]),
    )  # fmt: skip


def _with_pages(stock: Stock, ids: list[int]) -> list[tuple[type[Kept], int]]:
    if stock.shown is None:
        return [(stock.record, one) for one in ids]
    kind, column = stock.shown
    owners = select(column).where(stock.record.id.in_(ids)).distinct().order_by(column)
    return [(kind, one) for one in db.session.scalars(owners)]


STOCK_AND_FLOW = Check(
    "stock-and-flow", _l("What was there, came and went makes what is there now"),
    _l("For cases, cameras, tip boxes, the review list, teams with their members, models and villages. A report in "
       "which it does not is not approved."),
    Weight.HARD, at_once(stock_and_flow),
)  # fmt: skip
