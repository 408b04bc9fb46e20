"""How a campaign stands: who has signed, who was called on in vain, and how many of whom."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, not_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.engine import clock
from portal.engine.db import db
from portal.households.models import (
    LEFT_OUT,
    UNDO_WITHIN,
    CallResult,
    CampaignGoal,
    DoorCall,
    Establishment,
    Household,
    Pledge,
    PledgeBreach,
    PledgeCampaign,
    PledgeSheet,
    Signer,
    Stay,
)
from portal.households.queries.register import column_of, lived_on, of_those_in, signers_in, stood_on
from portal.households.queries.tally import Tally
from portal.households.workflow import HOLDING
from portal.organisation.models import Role, RoleGrant, Unit, User, line_of
from portal.organisation.queries import held_in


def counting() -> ColumnElement[bool]:
    """Pledges that are struck out neither themselves nor with their campaign or whoever signed (convention C3)."""
    belongs = ((PledgeCampaign, Pledge.campaign_id), (Household, Pledge.household_id),
               (Establishment, Pledge.establishment_id))  # fmt: skip
    struck = [exists().where(of.id == column, of.voided_at.is_not(None)).correlate(Pledge) for of, column in belongs]
    return and_(Pledge.voided_at.is_(None), *(not_(one) for one in struck))


def holding() -> ColumnElement[bool]:
    """Pledges that count and are not withdrawn: one of each signer and campaign, as the index of the table says."""
    return and_(counting(), Pledge.state.in_(HOLDING))


def standing() -> ColumnElement[bool]:
    """Calls that stand: the latest of somebody who has not signed."""
    return and_(DoorCall.standing, DoorCall.voided_at.is_(None))


def signed(campaign: PledgeCampaign, kind: type[Signer], *states: str) -> ColumnElement[bool]:
    """Those of a kind whose pledge holds, or is in one of some states."""
    of = exists().where(column_of(Pledge, kind) == kind.id, Pledge.campaign_id == campaign.id, holding())
    return of.where(Pledge.state.in_(states)) if states else of


def waiting(campaign: PledgeCampaign, kind: type[Signer]) -> ColumnElement[bool]:
    """Those whose pledge waits for the village head."""
    return signed(campaign, kind, "signed")


def called(campaign: PledgeCampaign, kind: type[Signer], results: Collection[CallResult]) -> ColumnElement[bool]:
    """Those at whose door a call ended so the last time."""
    of = exists().where(column_of(DoorCall, kind) == kind.id, DoorCall.campaign_id == campaign.id, standing())
    return of.where(DoorCall.result.in_(results))


def left_out(campaign: PledgeCampaign, kind: type[Signer]) -> ColumnElement[bool]:
    return called(campaign, kind, LEFT_OUT)


def not_yet(campaign: PledgeCampaign, kind: type[Signer]) -> ColumnElement[bool]:
    """Those whom it concerns and who have not signed."""
    return and_(not_(signed(campaign, kind)), not_(left_out(campaign, kind)))


def not_signed(goal: CampaignGoal) -> Select[Any]:
    """The households of a village whom the campaign concerns and who have not signed, in the order of the walk."""
    campaign = goal.campaign
    return signers_in(Household, goal.village, campaign.counted_on).where(not_yet(campaign, Household))


def pledge_of(campaign: PledgeCampaign, signers: Sequence[Signer]) -> dict[int, Pledge]:
    """The pledges that hold, by the id of who signed: one question for all."""
    return {one.signer_id: one for one in _of_signers(Pledge, holding(), campaign, signers)}


def standing_calls(campaign: PledgeCampaign, signers: Sequence[Signer]) -> dict[int, DoorCall]:
    """The calls that stand, by the id of whom they were made on."""
    return {one.signer_id: one for one in _of_signers(DoorCall, standing(), campaign, signers)}


def _of_signers(
    record: type[Any], which: ColumnElement[bool], campaign: PledgeCampaign, signers: Sequence[Signer]
) -> Iterable[Any]:
    if not signers:
        return ()
    ids = column_of(record, type(signers[0])).in_([one.id for one in signers])
    return db.session.scalars(select(record).where(record.campaign_id == campaign.id, which, ids))


def found_at(kind: type[Signer], ids: Collection[int], among: Select[Any]) -> list[Any]:
    """Those of some ids who are among a select, in its order."""
    return list(db.session.scalars(among.where(kind.id.in_(ids)))) if ids else []


def of_campaigns(campaigns: Sequence[PledgeCampaign], village_id: int | None = None) -> Mapping[int, int]:
    """How many signed in each of some campaigns, as `tallies` counts them; of a village alone where one is given."""
    counted = select(Pledge.campaign_id, func.count(Pledge.id)).join(Pledge.campaign)
    counted = counted.where(holding(), of_those_in(Pledge, _counted_on(), village_id))
    counted = counted.where(Pledge.campaign_id.in_([one.id for one in campaigns]))
    return {campaign_id: int(count) for campaign_id, count in db.session.execute(counted.group_by(Pledge.campaign_id))}


def _counted_on() -> ColumnElement[date]:
    """`PledgeCampaign.counted_on`, of campaigns that are asked beside."""
    today, first, last = clock.today(), PledgeCampaign.first_on, PledgeCampaign.last_on
    return case((first > today, first), (last < today, last), else_=literal(today))


def tallies(
    campaign: PledgeCampaign, kind: type[Signer] = Household, on: date | None = None, village: Unit | None = None
) -> dict[int, Tally]:
    """How far the campaign has come in each village, by the id of the unit that stands for it today: one question.

    Who lives where is asked of *on*, the day of the campaign unless told; a pledge follows whoever moves.
    """
    counted = _counting(campaign, kind, on or campaign.counted_on)
    if village is not None:
        counted = counted.where(Unit.id.in_(line_of(village.id)))
    goals = _goals(campaign) if kind is Household else {}
    rows = db.session.execute(counted.group_by(Unit.heir_id)).all()
    return {int(heir): _tally(counts, goals.get(heir)) for heir, *counts in rows}


def _tally(counts: Sequence[Any], goal: int | None) -> Tally:
    here, left, holds, sure, absent, refused = map(int, counts)
    return Tally(here, left, holds, sure, absent, refused, goal)


def _counting(campaign: PledgeCampaign, kind: type[Signer], on: date) -> Select[Any]:
    pledged = and_(column_of(Pledge, kind) == kind.id, Pledge.campaign_id == campaign.id, holding())
    was_called = and_(column_of(DoorCall, kind) == kind.id, DoorCall.campaign_id == campaign.id, standing())
    open_, result = Pledge.id.is_(None), DoorCall.result
    counts = (
        func.count(kind.id),
        _sum(and_(open_, result.in_(LEFT_OUT))),
        func.count(Pledge.id),
        _sum(and_(Pledge.id.is_not(None), Pledge.state != "signed")),
        _sum(and_(open_, result == CallResult.ABSENT)),
        _sum(and_(open_, result == CallResult.REFUSED)),
    )
    asked = _living(campaign, kind, on, Unit.heir_id, *counts)
    return asked.outerjoin(Pledge, pledged).outerjoin(DoorCall, was_called)


def _living(campaign: PledgeCampaign, kind: type[Signer], on: date, *columns: Any) -> Select[Any]:
    """Some columns of those of a kind who are in the commune on a day, with the village in which they are."""
    asked: Select[Any] = select(*columns).select_from(kind)
    asked = asked.where(kind.commune_id.in_(line_of(campaign.commune_id)))
    if kind is Household:
        asked = asked.join(Stay, Stay.household_id == Household.id).join(Unit, Unit.id == Stay.village_id)
        return asked.where(lived_on(on), Household.voided_at.is_(None))
    return asked.join(Unit, Unit.id == Establishment.village_id).where(stood_on(on))


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _goals(campaign: PledgeCampaign) -> dict[int, int]:
    """What the villages are to reach where the campaign says it, by the unit that stands for each today."""
    asked = select(Unit.heir_id, func.sum(CampaignGoal.count)).join(Unit, Unit.id == CampaignGoal.village_id)
    asked = asked.where(CampaignGoal.campaign_id == campaign.id, CampaignGoal.count.is_not(None))
    rows: Iterable[Any] = db.session.execute(asked.group_by(Unit.heir_id))
    return {int(heir): int(count) for heir, count in rows}


def goal_of(campaign: PledgeCampaign, village_id: int) -> CampaignGoal | None:
    """The campaign in a village, or in one that it took over."""
    of = CampaignGoal.campaign_id == campaign.id, CampaignGoal.village_id.in_(line_of(village_id))
    return db.session.scalar(select(CampaignGoal).where(*of).order_by(CampaignGoal.id).limit(1))


def open_campaigns(commune_id: int) -> Select[PledgeCampaign]:
    """Campaigns of a commune's line in which people sign."""
    ours = PledgeCampaign.commune_id.in_(line_of(commune_id)), PledgeCampaign.voided_at.is_(None)
    return select(PledgeCampaign).where(*ours, PledgeCampaign.state == "open")


def head_of(village: Unit) -> User | None:
    """Who is head of a village today, if anybody is."""
    grants = held_in(Role.VILLAGE_HEAD, village.commune_id or 0).where(RoleGrant.unit_id.in_(line_of(village.id)))
    found = db.session.scalars(grants.order_by(RoleGrant.on_behalf_of_id.is_not(None), RoleGrant.id)).first()
    return found.user if found else None


def of_village(goal: CampaignGoal) -> tuple[ColumnElement[bool], ...]:
    """Pledges that hold in the campaign, of those who are counted in the village."""
    return (
        Pledge.campaign_id == goal.campaign_id,
        of_those_in(Pledge, goal.campaign.counted_on, goal.village_id),
        holding(),
    )


def oldest_waiting(goal: CampaignGoal) -> date | None:
    """The day on which the first of the pledges was entered that wait for the village head."""
    asked = select(func.min(Pledge.created_at)).where(*of_village(goal), Pledge.state == "signed")
    at = db.session.scalar(asked)
    return clock.day_of(at) if at else None


def latest_entry(goal: CampaignGoal) -> date | None:
    """The day on which the latest pledge of a village was entered."""
    at = db.session.scalar(select(func.max(Pledge.created_at)).where(*of_village(goal)))
    return clock.day_of(at) if at else None


def last_confirmed(goal: CampaignGoal) -> Pledge | None:
    """The pledge of the village that was confirmed last."""
    asked = select(Pledge).where(*of_village(goal), Pledge.confirmed_at.is_not(None))
    return db.session.scalars(asked.order_by(Pledge.confirmed_at.desc(), Pledge.id.desc()).limit(1)).first()


def waiting_at(goal: CampaignGoal) -> int:
    """How many pledges wait for the head of a village."""
    asked = select(func.count(Pledge.id)).where(*of_village(goal), Pledge.state == "signed")
    return int(db.session.scalar(asked) or 0)


def latest_tick(goal: CampaignGoal, user_id: int | None) -> tuple[datetime, int] | None:
    """When somebody ticked last in a village, within the minutes in which it can be taken back, and how many."""
    since = clock.now() - UNDO_WITHIN
    confirmed = and_(Pledge.confirmed_by_id == user_id, Pledge.state == "confirmed", Pledge.confirmed_at >= since)
    entered = and_(Pledge.created_by_id == user_id, Pledge.state == "signed", Pledge.created_at >= since)
    at = case((confirmed, Pledge.confirmed_at), else_=Pledge.created_at).label("at")
    asked = select(at, func.count(Pledge.id)).where(*of_village(goal), or_(confirmed, entered))
    asked = asked.where(Pledge.sheet_id.is_(None))
    found = db.session.execute(asked.group_by(at).order_by(at.desc()).limit(1)).first()
    return (found[0], int(found[1])) if found else None


def goals_of(campaign: PledgeCampaign) -> Sequence[CampaignGoal]:
    """The campaign in each village, with the villages."""
    asked = select(CampaignGoal).where(CampaignGoal.campaign_id == campaign.id, CampaignGoal.voided_at.is_(None))
    return db.session.scalars(asked.options(joinedload(CampaignGoal.village)).order_by(CampaignGoal.id)).all()


def signed_by_day(
    campaign: PledgeCampaign, kind: type[Signer], village: Unit | None = None
) -> dict[int, dict[date, int]]:
    """How many signed on each day, of those whom `tallies` counts, by the unit that stands for their village today."""
    counted = _living(campaign, kind, campaign.counted_on, Unit.heir_id, Pledge.signed_on, func.count(Pledge.id))
    counted = counted.join(Pledge, and_(column_of(Pledge, kind) == kind.id, Pledge.campaign_id == campaign.id))
    if village is not None:
        counted = counted.where(Unit.id.in_(line_of(village.id)))
    counted = counted.where(holding()).group_by(Unit.heir_id, Pledge.signed_on)
    found: dict[int, dict[date, int]] = {}
    rows: Iterable[Any] = db.session.execute(counted)
    for unit_id, on, count in rows:
        found.setdefault(int(unit_id), {})[on] = int(count)
    return found


def on_sheet(among: Select[Pledge], sheet: PledgeSheet) -> Select[Pledge]:
    """What was entered by a signed sheet among some pledges, in the order of the walk."""
    asked = among.join(Household, Household.id == Pledge.household_id).where(Pledge.sheet_id == sheet.id)
    return asked.options(contains_eager(Pledge.household)).order_by(Household.walk, Household.id)


def goals_concerned(changed: Sequence[Pledge | DoorCall]) -> Sequence[CampaignGoal]:
    """The goals of the villages in which those live or lived of whom some pledges or calls are: one question."""
    heirs = []
    for kind, where, of in (
        (Household, Stay.village_id, Stay.household_id), (Establishment, Establishment.village_id, Establishment.id)
    ):  # fmt: skip
        ids = {number for one in changed if (number := getattr(one, f"{kind.__tablename__}_id")) is not None}
        if ids:
            heirs.append(Unit.id.in_(select(where).where(of.in_(ids))))
    lines = select(Unit.heir_id).where(or_(*heirs))
    villages = select(Unit.id).where(Unit.heir_id.in_(lines))
    campaigns = {one.campaign_id for one in changed}
    return db.session.scalars(
        select(CampaignGoal).where(CampaignGoal.campaign_id.in_(campaigns), CampaignGoal.village_id.in_(villages))
    ).all()


def breach_under_way(pledge: Pledge) -> PledgeBreach | None:
    """The breach of a pledge that is proposed and not decided yet."""
    of = PledgeBreach.pledge_id == pledge.id, PledgeBreach.state == "proposed", PledgeBreach.voided_at.is_(None)
    return db.session.scalar(select(PledgeBreach).where(*of).limit(1))
