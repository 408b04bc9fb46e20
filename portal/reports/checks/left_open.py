"""What somebody has still to do in the records of a period: complete, decide, confirm, countersign, approve."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from portal.books import Book
from portal.books.models import missing_in
from portal.cases.models import CASE_TYPE_NAMES, Case
from portal.engine.db import Kept, db
from portal.engine.indicators import Period
from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.households.models import CampaignGoal, Pledge, PledgeCampaign
from portal.households.queries import counting, goal_of
from portal.incidents.models import Observation
from portal.meetings.models import Meeting
from portal.patrols.models import Patrol
from portal.patrols.workflow import AHEAD, UNSETTLED
from portal.proposals.models import Proposal
from portal.reports import figures
from portal.reports.checks.books import books, entries_of, in_period, is_text, of_period
from portal.reports.checks.finding import MOST_RECORDS, Check, Finding, Weight, at_once
from portal.reports.models import Report
from portal.reports.wording.told import Figures


@dataclass(frozen=True)
class Unfinished:
    """Records of a period in some states, by the day on which they are of it; *text* counts them."""

    record: type[Any]
    day: Any
    states: Sequence[str]
    text: str

    def found(self, period: Period) -> Select[Any]:
        return of_period(self.record, self.day, period).where(self.record.state.in_(self.states))


UNFINISHED: tuple[Unfinished, ...] = (
    Unfinished(Patrol, Patrol.planned_start_at, AHEAD, mark("Patrols: %(count)s of the period have no log.")),
    Unfinished(
        Patrol, Patrol.started_at, UNSETTLED,
        mark("Patrols: the logs of %(count)s of the period are not countersigned by every force."),
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
        mark("Proposals: %(count)s written in the period are still drafts."),
    ),
    Unfinished(
        Proposal, Proposal.created_at, ("submitted", "endorsed"),
        mark("Proposals: %(count)s written in the period wait for a decision."),
    ),
)  # fmt: skip


def left_open(report: Report, _told: Figures) -> Iterator[Finding]:
    """Drafts, and entries that nobody completed: they count nowhere, or not with all that they should."""
    period = figures.period_of(report)
    for look in LOOKS:
        yield from look(period)


def _unfinished(period: Period) -> Iterator[Finding]:
    for one in UNFINISHED:
        yield from _left(one.record, _ids(one.record, one.found(period)), one.text)


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
    return or_(attribute.is_(None), attribute == "") if is_text(attribute) else attribute.is_(None)


def _files(period: Period) -> Iterator[Finding]:
    """Files that came by the last day: whoever serves then is a figure of the period, whenever the file came."""
    waiting = Case.state.in_(("draft", "submitted")), Case.voided_at.is_(None), Case.commune_id.in_(period.communes)
    for of_type, name in CASE_TYPE_NAMES.items():
        drafts = select(Case).where(*waiting, Case.type == of_type, Case.received_on <= period.last)
        yield from _left(Case, _ids(Case, drafts), mark("%(type)s: %(count)s files wait to be opened."), type=name)


def _campaigns(period: Period) -> Iterator[Finding]:
    """Campaigns of whose days some lie in the period, and that nobody can sign."""
    drafts = select(PledgeCampaign).where(
        PledgeCampaign.commune_id.in_(period.communes), PledgeCampaign.voided_at.is_(None),
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
    rows = db.session.execute(waiting.order_by(Pledge.campaign_id, Pledge.id))
    for campaign_id, of_campaign in groupby(rows, key=lambda row: row.campaign_id):
        pledges = list(of_campaign)
        campaign = db.session.get_one(PledgeCampaign, campaign_id)
        text = mark("%(campaign)s: %(count)s pledges signed in the period are not confirmed by the village head.")
        yield Finding(
            Plain(text, campaign=campaign.title, count=len(pledges)),
            (Pledge.__tablename__, campaign_id, *(one.id for one in pledges)),
            records=_of_campaign(campaign, dict.fromkeys(one.village_id for one in pledges))[:MOST_RECORDS],
        )


def _of_campaign(campaign: PledgeCampaign, villages: Iterable[int]) -> list[tuple[type[Kept], int]]:
    goals = (goal_of(campaign, village) for village in villages)
    here = dict.fromkeys(one.id for one in goals if one is not None)
    return [(PledgeCampaign, campaign.id), *((CampaignGoal, one) for one in here)]


LOOKS: tuple[Callable[[Period], Iterator[Finding]], ...] = (_incomplete, _files, _unfinished, _campaigns, _pledges)


def _ids(kind: type[Any], found: Select[Any]) -> list[int]:
    return list(db.session.scalars(found.with_only_columns(kind.id).order_by(kind.id)))


def _left(kind: type[Any], ids: Sequence[int], text: str, **named: Any) -> Iterator[Finding]:
    if ids:
        records = [(kind, one) for one in ids[:MOST_RECORDS]]
        yield Finding(Plain(text, count=len(ids), **named), (kind.__tablename__, *ids), records=records)


LEFT_OPEN = Check(
    "left-open", _l("Nothing left open"), _l("Complete it, or say why the report goes without it."), Weight.DOUBT,
    at_once(left_open),
)  # fmt: skip
