"""What somebody has still to do in the records of a period: complete, decide, confirm, countersign, approve."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from portal.books import Book
from portal.books.models import missing_in
from portal.cases.models import CASE_TYPE_NAMES, Case
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.households.models import CampaignGoal, Pledge, PledgeBreach, PledgeCampaign
from portal.households.queries import counting, goals_in
from portal.households.workflow import UNDECIDED
from portal.incidents.models import Observation
from portal.meetings.models import Meeting
from portal.meetings.models.meeting import BEFORE
from portal.patrols.models import Patrol
from portal.patrols.workflow import AHEAD, UNSETTLED
from portal.proposals.models import Proposal
from portal.reports import figures
from portal.reports.checks.books import books, entries_of
from portal.reports.checks.finding import MOST_RECORDS, Check, Finding, Weight, at_once
from portal.reports.checks.records import day_of, in_period, is_empty, standing
from portal.reports.models import Report
from portal.reports.wording.told import Figures

Days = Callable[[Any, Period], ColumnElement[bool]]  # whether a column lies in the days that are looked at


def _by_its_end(column: Any, period: Period) -> ColumnElement[bool]:
    """What was there by the last day: it waits still, whenever it came."""
    found: ColumnElement[bool] = day_of(column) <= period.last
    return found


def _and_past(column: Any, period: Period) -> ColumnElement[bool]:
    """A day of the period that has passed."""
    passed: ColumnElement[bool] = day_of(column) < clock.today()
    return in_period(column, period) & passed


@dataclass(frozen=True)
class Unfinished:
    """Records in some states, of the *days* that are looked at by their *day*; *text* counts them."""

    record: type[Any]
    day: Any
    states: Sequence[str]
    text: str
    days: Days = in_period

    def found(self, period: Period) -> Select[Any]:
        return standing(self.record, period).where(self.days(self.day, period), self.record.state.in_(self.states))


UNFINISHED: tuple[Unfinished, ...] = (
    Unfinished(Patrol, Patrol.planned_start_at, AHEAD, mark("Patrols: %(count)s of the period have no log.")),
    Unfinished(
        Patrol, Patrol.started_at, UNSETTLED,
        mark("Patrols: the logs of %(count)s of the period are not countersigned by every force."),
    ),
    Unfinished(
        Meeting, Meeting.starts_at, BEFORE,
        mark("Meetings: the day of %(count)s has passed, and nobody said whether they were held."), _and_past,
    ),
    Unfinished(
        Meeting, Meeting.held_on, ("held", "minutes_drafted"),
        mark("Meetings: the minutes of %(count)s are not approved."),
    ),
    Unfinished(
        Observation, Observation.happened_on, ("received",),
        mark("Observations: nobody has taken on %(count)s of the period."),
    ),
    Unfinished(
        Proposal, Proposal.created_at, ("draft", "returned"),
        mark("Proposals: %(count)s written by the last day are still drafts."), _by_its_end,
    ),
    Unfinished(
        Proposal, Proposal.created_at, ("submitted", "endorsed", "oral"),
        mark("Proposals: %(count)s written by the last day wait for a decision."), _by_its_end,
    ),
    Unfinished(
        PledgeBreach, PledgeBreach.happened_on, UNDECIDED,
        mark("Breaches of pledges: %(count)s wait for a decision."), _by_its_end,
    ),
)  # fmt: skip


def left_open(report: Report, _told: Figures) -> Iterator[Finding]:
    """Drafts, and entries that nobody completed: they count nowhere, or not with all that they should."""
    period = figures.period_of(report)
    for look in LOOKS:
        yield from look(period)


def _unfinished(period: Period) -> Iterator[Finding]:
    for one in UNFINISHED:
        yield from _left(one.record, _ids(one.record, one.found(period)), one.text, one.states)


def _incomplete(period: Period) -> Iterator[Finding]:
    for book in (one for one in books() if one.needed):
        text = mark("%(book)s: %(count)s entries of the period are not complete.")
        yield from _left(book.record, _lacking(book, period), text, book=book.words.title)


def _lacking(book: Book, period: Period) -> list[int]:
    """What a book needs is spared to some entries, as an offence to an accident: each says so itself."""
    lacks = or_(*(_is_missing(book.record, name) for name in book.needed))
    entries = db.session.scalars(entries_of(book, period).where(lacks).order_by(book.record.id))
    return [one.id for one in entries if missing_in(one, book.needed)]


def _is_missing(record: Any, name: str) -> ColumnElement[bool]:
    """As `books.models.missing_in` asks of one entry."""
    attribute = getattr(record, name)
    if hasattr(attribute, "property") and hasattr(attribute.property, "mapper"):
        lines = attribute.property.mapper.class_
        return ~attribute.any(lines.voided_at.is_(None))  # type: ignore[no-any-return]
    return is_empty(attribute)


def _files(period: Period) -> Iterator[Finding]:
    """Files that came by the last day: whoever serves then is a figure of the period, whenever the file came."""
    text, states = mark("%(type)s: %(count)s files wait to be opened."), ("draft", "submitted")
    waiting = standing(Case, period).where(Case.state.in_(states), _by_its_end(Case.received_on, period))
    for of_type, name in CASE_TYPE_NAMES.items():
        yield from _left(Case, _ids(Case, waiting.where(Case.type == of_type)), text, states, type=name)


def _campaigns(period: Period) -> Iterator[Finding]:
    """Campaigns of whose days some lie in the period, and that nobody can sign."""
    drafts = standing(PledgeCampaign, period).where(
        PledgeCampaign.state == "draft", PledgeCampaign.first_on <= period.last, PledgeCampaign.last_on >= period.first,
    )  # fmt: skip
    text = mark("Pledge campaigns: %(count)s of the period are still drafts.")
    yield from _left(PledgeCampaign, _ids(PledgeCampaign, drafts), text)


def _pledges(period: Period) -> Iterator[Finding]:
    """Of each campaign those who signed in the period and wait for their village head."""
    waiting = select(Pledge.campaign_id, Pledge.id, Pledge.village_id).where(
        Pledge.commune_id.in_(period.communes), counting(), Pledge.state == "signed",
        in_period(Pledge.signed_on, period),
    )  # fmt: skip
    rows = db.session.execute(waiting.order_by(Pledge.campaign_id, Pledge.id)).all()
    campaigns = _campaigns_of(rows)
    goals = goals_in({row.campaign_id for row in rows}, {row.village_id for row in rows})
    text = mark("%(campaign)s: %(count)s pledges signed in the period are not confirmed by the village head.")
    for campaign_id, of_campaign in groupby(rows, key=lambda row: row.campaign_id):
        pledges = list(of_campaign)
        here = dict.fromkeys(goals.get((campaign_id, one.village_id)) for one in pledges)
        found = [(PledgeCampaign, campaign_id), *((CampaignGoal, one) for one in here if one is not None)]
        yield Finding(
            Plain(text, campaign=campaigns[campaign_id], count=len(pledges)),
            (Pledge.__tablename__, campaign_id, *(one.id for one in pledges)), records=found[:MOST_RECORDS],
        )  # fmt: skip


def _campaigns_of(rows: Sequence[Any]) -> dict[int, str]:
    """The titles of the campaigns of pledges."""
    asked = PledgeCampaign.id.in_({row.campaign_id for row in rows})
    found = db.session.execute(select(PledgeCampaign.id, PledgeCampaign.title).where(asked))
    return {row.id: row.title for row in found}


LOOKS: tuple[Callable[[Period], Iterator[Finding]], ...] = (_incomplete, _files, _unfinished, _campaigns, _pledges)


def _ids(kind: type[Any], found: Select[Any]) -> list[int]:
    return list(db.session.scalars(found.with_only_columns(kind.id).order_by(kind.id)))


def _left(
    kind: type[Any], ids: Sequence[int], text: str, states: Sequence[str] = (), **named: Any
) -> Iterator[Finding]:
    """The *states* belong to the finding: what goes on to the next unfinished one is another thing left open."""
    if ids:
        records = [(kind, one) for one in ids[:MOST_RECORDS]]
        yield Finding(Plain(text, count=len(ids), **named), (kind.__tablename__, *states, *ids), records=records)


LEFT_OPEN = Check(
    "left-open", _l("Nothing left open"), _l("Complete it, or say why the report goes without it."), Weight.DOUBT,
    at_once(left_open),
)  # fmt: skip
