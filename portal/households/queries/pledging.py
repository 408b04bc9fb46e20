"""How a campaign stands: who has signed, who was called on in vain, and how many of whom."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, literal, not_, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload

from portal.engine import clock
from portal.engine.db import db
from portal.households.models import (
    LEFT_OUT,
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
from portal.households.queries.register import (
    column_of,
    here_on,
    lived_on,
    of_those_in,
    signers_in,
    stood_on,
    taken_in,
)
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
    """Those of a kind whose pledge holds, or is in one of some states: their own or, without one, that of a household
    that became part of theirs."""
    within = Pledge.campaign_id == campaign.id, holding()
    own = exists().where(column_of(Pledge, kind) == kind.id, *within)
    of = Pledge.state.in_(states) if states else true()
    if kind is Establishment:
        return own.where(of)
    pairs = taken_in(campaign.counted_on)
    brought = exists().where(pairs.c.into_id == Household.id, Pledge.household_id == pairs.c.from_id, *within, of)
    return or_(own.where(of), and_(not_(own), brought))


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


def not_signed(goal: CampaignGoal, on: date | None = None) -> Select[Any]:
    """The households of a village whom the campaign concerns and who have not signed, in the order of the walk: of
    these, where a day is given, those that can have signed on it."""
    campaign = goal.campaign
    found = signers_in(Household, goal.village, campaign.counted_on).where(not_yet(campaign, Household))
    return found if on is None else found.where(here_on(Household, on))


def there_on(kind: type[Signer], ids: Collection[int], on: date) -> set[int]:
    """Which of some can have signed on a day: they were in the commune."""
    return set(db.session.scalars(select(kind.id).where(kind.id.in_(ids), here_on(kind, on)))) if ids else set()


def pledge_of(campaign: PledgeCampaign, signers: Sequence[Signer]) -> dict[int, Pledge]:
    """The pledges that hold, by the id of who signed or took in who did: two questions for all."""
    found = {one.signer_id: one for one in _of_signers(Pledge, holding(), campaign, signers)}
    left = [one.id for one in signers if isinstance(one, Household) and one.id not in found]
    if left:
        pairs = taken_in(campaign.counted_on)
        brought = select(pairs.c.into_id, Pledge).join(Pledge, Pledge.household_id == pairs.c.from_id)
        brought = brought.where(pairs.c.into_id.in_(left), Pledge.campaign_id == campaign.id, holding())
        waiting_last = brought.order_by(Pledge.state == "signed", Pledge.id.desc())
        found |= {int(into_id): pledge for into_id, pledge in db.session.execute(waiting_last)}
    return found


def withdrawn_of(campaign: PledgeCampaign, signers: Sequence[Signer]) -> dict[int, Pledge]:
    """The pledges that some of those who have not signed withdrew last, by the id of who did."""
    gone = _of_signers(Pledge, and_(counting(), Pledge.state == "withdrawn"), campaign, signers)
    return {one.signer_id: one for one in sorted(gone, key=lambda one: (one.withdrawn_on, one.id))}


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


def calls_at(campaign: PledgeCampaign, signers: Sequence[Signer]) -> dict[int, list[DoorCall]]:
    """All calls at the doors of some, the latest last by its day, by the id of whom they were made on."""
    at: dict[int, list[DoorCall]] = {}
    calls = _of_signers(DoorCall, DoorCall.voided_at.is_(None), campaign, signers)
    for call in sorted(calls, key=lambda one: (one.on, one.id)):
        at.setdefault(call.signer_id, []).append(call)
    return at


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
    pledged = _pledged(campaign, kind, on)
    was_called = and_(column_of(DoorCall, kind) == kind.id, DoorCall.campaign_id == campaign.id, standing())
    open_, result = pledged.c.signer_id.is_(None), DoorCall.result
    counts = (
        func.count(kind.id),
        _sum(and_(open_, result.in_(LEFT_OUT))),
        func.count(pledged.c.signer_id),
        _sum(pledged.c.waits == 0),
        _sum(and_(open_, result == CallResult.ABSENT)),
        _sum(and_(open_, result == CallResult.REFUSED)),
    )
    asked = _living(campaign, kind, on, Unit.heir_id, *counts)
    return asked.outerjoin(pledged, pledged.c.signer_id == kind.id).outerjoin(DoorCall, was_called)


def _pledged(campaign: PledgeCampaign, kind: type[Signer], on: date) -> Subquery:
    """Who has signed by the state of a day, once each: since when, and whether it *waits* for the village head."""
    within, column = (Pledge.campaign_id == campaign.id, holding()), column_of(Pledge, kind)
    facts = Pledge.signed_on.label("signed_on"), case((Pledge.state == "signed", 1), else_=0).label("waits")
    own: Any = select(column.label("signer_id"), *facts).where(*within, column.is_not(None))
    if kind is Household:
        pairs, theirs = taken_in(on), aliased(Pledge)
        has_own = exists().where(
            theirs.household_id == pairs.c.into_id, theirs.campaign_id == campaign.id, theirs.voided_at.is_(None),
            theirs.state.in_(HOLDING),
        )  # fmt: skip
        brought = select(pairs.c.into_id.label("signer_id"), *facts)
        own = own.union_all(brought.where(Pledge.household_id == pairs.c.from_id, *within, not_(has_own)))
    each = own.subquery()
    since, waits = func.min(each.c.signed_on).label("signed_on"), func.max(each.c.waits).label("waits")
    return select(each.c.signer_id, since, waits).group_by(each.c.signer_id).subquery()


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
    """What the villages are to reach where the campaign says it, by the unit that stands for each today.

    One that took others over is to reach what all of them were; everybody, where that was asked of one of them. Of a
    village that began during the campaign nothing was asked.
    """
    everybody = _sum(and_(CampaignGoal.count.is_(None), Unit.valid_from <= campaign.first_on))
    asked = select(Unit.heir_id, func.sum(CampaignGoal.count)).join(Unit, Unit.id == CampaignGoal.village_id)
    asked = asked.where(CampaignGoal.campaign_id == campaign.id, CampaignGoal.voided_at.is_(None))
    rows: Iterable[Any] = db.session.execute(asked.group_by(Unit.heir_id).having(everybody == 0))
    return {int(heir): int(count) for heir, count in rows if count is not None}


def stands_for_itself() -> ColumnElement[bool]:
    """Goals of villages that no other took over: what such a one was to reach is part of the other's goal."""
    itself = select(Unit.id).where(Unit.heir_id == Unit.id)
    return and_(CampaignGoal.voided_at.is_(None), CampaignGoal.village_id.in_(itself))


def goal_of(campaign: PledgeCampaign, village_id: int) -> CampaignGoal | None:
    """The campaign in a village, or in the one that took it over."""
    of = CampaignGoal.campaign_id == campaign.id, CampaignGoal.village_id.in_(line_of(village_id))
    return db.session.scalar(select(CampaignGoal).where(*of, stands_for_itself()))


def goals_in(campaigns: Collection[int], villages: Collection[int]) -> dict[tuple[int, int], int]:
    """The same of many at once: the id of a campaign in a village, or in the one that took it over, by the ids of
    both."""
    village, of_goal = aliased(Unit), aliased(Unit)
    found = (
        select(CampaignGoal.campaign_id, village.id, CampaignGoal.id)
        .join(of_goal, of_goal.id == CampaignGoal.village_id)
        .join(village, village.heir_id == of_goal.heir_id)
        .where(CampaignGoal.campaign_id.in_(campaigns), village.id.in_(villages), stands_for_itself())
    )
    return {(campaign, village_id): goal for campaign, village_id, goal in db.session.execute(found)}


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


def goals_of(campaign: PledgeCampaign) -> Sequence[CampaignGoal]:
    """The campaign in each village of today, with the villages."""
    asked = select(CampaignGoal).where(CampaignGoal.campaign_id == campaign.id, stands_for_itself())
    return db.session.scalars(asked.options(joinedload(CampaignGoal.village)).order_by(CampaignGoal.id)).all()


def signed_by_day(
    campaign: PledgeCampaign, kind: type[Signer], village: Unit | None = None
) -> dict[int, dict[date, int]]:
    """How many signed on each day, of those whom `tallies` counts, by the unit that stands for their village today."""
    pledged = _pledged(campaign, kind, campaign.counted_on)
    day = pledged.c.signed_on
    counted = _living(campaign, kind, campaign.counted_on, Unit.heir_id, day, func.count(pledged.c.signer_id))
    counted = counted.join(pledged, pledged.c.signer_id == kind.id)
    if village is not None:
        counted = counted.where(Unit.id.in_(line_of(village.id)))
    counted = counted.group_by(Unit.heir_id, day)
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
        if ids and kind is Household:
            pairs = taken_in(clock.today())
            into = select(Household.village_id).join(pairs, pairs.c.into_id == Household.id)
            heirs.append(Unit.id.in_(into.where(pairs.c.from_id.in_(ids))))
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
