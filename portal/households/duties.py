"""Which duties a campaign makes: a village head's, and the chief's where a village lags. All are the portal's own."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.db import db
from portal.engine.text import _l
from portal.engine.workflow import Step, steps_of
from portal.households.models import (
    CampaignGoal,
    DoorCall,
    Establishment,
    Household,
    Pledge,
    PledgeBreach,
    PledgeCampaign,
    Stay,
)
from portal.households.queries import (
    Tally,
    goals_concerned,
    head_of,
    holding,
    last_confirmed,
    latest_entry,
    oldest_waiting,
    tallies,
)
from portal.organisation.models import Role, RoleGrant, Unit, UnitKind, line_of

CONFIRM_WITHIN, CLOSE_WITHIN = timedelta(days=7), timedelta(days=7)
DECIDE_WITHIN = timedelta(days=3)
LAST_WEEK = timedelta(days=7)
HALF, NEARLY_ALL = 50, 90  # percent that should have signed by half-time, and a week before the end

chief, leader, villager = Role.POLICE_CHIEF, Role.COMMUNE_LEADER, Role.VILLAGE_HEAD

RULES = (
    DutyRule("PLEDGES-TO-CONFIRM", _l("Confirm pledges that were entered"),
             _l("%(campaign)s, %(village)s: %(count)s pledges wait for your word"), _l("Confirm them"),
             "campaigns.village", villager, ((chief, 7),), arguments={"show": "waiting"}),
    DutyRule("PLEDGES-TO-COLLECT", _l("Collect pledges in an open campaign"),
             _l("%(campaign)s, %(village)s: %(count)s have not signed"), _l("Open the list"), "campaigns.village",
             villager),
    DutyRule("VILLAGE-LAGS", _l("A village that lags in a campaign"),
             _l("%(campaign)s: only %(percent)s%% signed in %(village)s"), _l("Look at the village"),
             "campaigns.village", chief),
)  # fmt: skip
OF_BREACH = (
    DutyRule("PLEDGE-BREACH", _l("Decide on a breach of a pledge"), _l("%(campaign)s: a breach is to be decided"),
             _l("Read and decide"), "pledges.breach", chief, decision=True),
)  # fmt: skip
OF_CAMPAIGN = (
    DutyRule("CAMPAIGN-CLOSE", _l("Close a campaign that is over"),
             _l("%(campaign)s: its last day has passed"), _l("Look and close"), "campaigns.show", chief),
)  # fmt: skip


def of_goal(goal: CampaignGoal) -> Iterator[Wanted]:
    """What a campaign asks of a village; once it is closed, only that what was entered be confirmed."""
    campaign = goal.campaign
    if campaign.state == "draft" or campaign.voided_at or goal.voided_at or goal.village.heir_id != goal.village_id:
        return  # of a village that was taken over the other is asked
    tally = sum((tallies(campaign, kind, village=goal.village).get(goal.village.heir_id or 0, Tally())
                 for kind in campaign.kinds), Tally())  # fmt: skip
    if not tally.here:
        return
    told = {"campaign": campaign.title, "village": goal.village.name}
    yield from _confirming(goal, tally, told)
    if campaign.state == "open":
        yield from _collecting(goal, tally, told)
        yield from _lagging(goal, tally, told)


def _whose(goal: CampaignGoal) -> dict[str, Any]:
    """The head of the village; the chief where it has none."""
    head = head_of(goal.village)
    return {"owner_role": villager, "owner_id": head.id} if head else {"owner_role": chief}


def _confirming(goal: CampaignGoal, tally: Tally, told: dict[str, Any]) -> Iterator[Wanted]:
    values: dict[str, Any] = {"values": {**told, "count": tally.waiting}}
    if tally.waiting:
        since = oldest_waiting(goal) or clock.today()
        yield Wanted("PLEDGES-TO-CONFIRM", "", since + CONFIRM_WITHIN, **_whose(goal), **values)
    elif last := last_confirmed(goal):
        day = clock.day_of(last.confirmed_at) if last.confirmed_at else clock.today()
        done: dict[str, Any] = {"done_on": day, "done_by_id": last.confirmed_by_id}
        yield Wanted("PLEDGES-TO-CONFIRM", "", day, **_whose(goal), **done, **values)


def _collecting(goal: CampaignGoal, tally: Tally, told: dict[str, Any]) -> Iterator[Wanted]:
    campaign = goal.campaign
    done: dict[str, Any] = {"done_on": latest_entry(goal) or clock.today()} if tally.reached else {}
    yield Wanted(
        "PLEDGES-TO-COLLECT", "", campaign.last_on, **_whose(goal), opens_on=campaign.first_on, **done,
        values={**told, "count": max(0, tally.due - tally.signed)},
    )  # fmt: skip


def _lagging(goal: CampaignGoal, tally: Tally, told: dict[str, Any]) -> Iterator[Wanted]:
    """From half-time on where fewer than half signed, a week before the end where fewer than nine in ten did.

    A village lags once: what is asked later takes the place of what was asked before.
    """
    campaign, percent = goal.campaign, int(tally.percent)
    asked = (_half_time(campaign), "half", HALF), (campaign.last_on - LAST_WEEK, "last", NEARLY_ALL)
    behind = [(day, key) for day, key, least in asked if clock.today() >= day and percent < least]
    if behind:
        day, key = max(behind)
        yield Wanted("VILLAGE-LAGS", key, day, chief, values={**told, "percent": percent})


def _half_time(campaign: PledgeCampaign) -> date:
    return campaign.first_on + (campaign.last_on - campaign.first_on) / 2


def of_campaign(campaign: PledgeCampaign) -> Iterator[Wanted]:
    if campaign.voided_at or campaign.state == "draft":
        return
    if campaign.last_on < clock.today() or campaign.closed_at:
        done: dict[str, Any] = {"done_on": clock.day_of(campaign.closed_at)} if campaign.closed_at else {}
        yield Wanted(
            "CAMPAIGN-CLOSE", "", campaign.last_on + CLOSE_WITHIN, chief, values={"campaign": campaign.title}, **done
        )  # fmt: skip


def of_breach(breach: PledgeBreach) -> Iterator[Wanted]:
    """Whoever decides, until it is decided, and each time that somebody asks to take the decision back.

    A proposal that was withdrawn asks nothing.
    """
    if breach.voided_at or breach.state == "withdrawn":
        return
    steps = steps_of(breach)
    yield _question(breach, "", breach.created_at, next(iter(steps), None))
    for place, step in enumerate(steps, 1):
        if step.name in breach.workflow.asking:
            yield _question(breach, str(place), step.at, next(iter(steps[place:]), None))


def _question(breach: PledgeBreach, key: str, put_at: datetime, answer: Step | None) -> Wanted:
    """One question to a second person, until it is answered."""
    values, due_on = {"campaign": breach.pledge.campaign.title}, clock.day_of(put_at) + DECIDE_WITHIN
    if answer is None:
        return Wanted("PLEDGE-BREACH", key, due_on, breach.decider_role, values=values)
    done: dict[str, Any] = {"done_on": clock.day_of(answer.at), "done_by_id": answer.by_id}
    return Wanted("PLEDGE-BREACH", key, due_on, answer.role, values=values, **done)


# ── what else may change them ───────────────────────────────────────────────────────────────────────────────────────
def _asking() -> ColumnElement[bool]:
    """Goals of campaigns that are open, and of closed ones in which pledges still wait for a village head."""
    waits = select(Pledge.campaign_id).where(holding(), Pledge.state == "signed")
    asks = or_(PledgeCampaign.state == "open", and_(PledgeCampaign.state == "closed", PledgeCampaign.id.in_(waits)))
    return CampaignGoal.campaign_id.in_(select(PledgeCampaign.id).where(asks))


def _goals_in(*where: ColumnElement[bool]) -> Iterable[CampaignGoal]:
    return db.session.scalars(select(CampaignGoal).where(_asking(), *where)).all()


def _of_villages(changed: Sequence[Household | Establishment | Stay]) -> Iterable[CampaignGoal]:
    """The goals of the villages in which somebody came, went or changed: one question for all."""
    heirs = select(Unit.heir_id).where(Unit.id.in_({one.village_id for one in changed}))
    return _goals_in(CampaignGoal.village_id.in_(select(Unit.id).where(Unit.heir_id.in_(heirs))))


def _of_village(village_id: int | None) -> Iterable[CampaignGoal]:
    return _goals_in(CampaignGoal.village_id.in_(line_of(village_id))) if village_id else ()


def _of_grant(grant: RoleGrant) -> Iterable[CampaignGoal]:
    return _of_village(grant.unit_id) if grant.role == villager else ()


def _of_unit(unit: Unit) -> Iterable[CampaignGoal]:
    return _of_village(unit.id) if unit.kind == UnitKind.VILLAGE else ()


def _running(commune_id: int) -> ColumnElement[bool]:
    return and_(CampaignGoal.commune_id.in_(line_of(commune_id)), _asking())


SOURCES = (
    Source(
        CampaignGoal, RULES, of_goal,
        also=(
            (PledgeCampaign, lambda campaign: campaign.goals),
            (RoleGrant, _of_grant),
            (Unit, _of_unit),
        ),
        also_many=(
            (Pledge, goals_concerned), (DoorCall, goals_concerned), (Household, _of_villages), (Stay, _of_villages),
            (Establishment, _of_villages),
        ),
        goes_on=_running,
    ),
    Source(PledgeBreach, OF_BREACH, of_breach),
    Source(
        PledgeCampaign, OF_CAMPAIGN, of_campaign,
        goes_on=lambda commune_id: and_(
            PledgeCampaign.commune_id.in_(line_of(commune_id)), PledgeCampaign.state == "open"),
    ),
)  # fmt: skip
