"""Campaigns on a desk: the list, and how far each village has come, week by week."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from portal.engine.access import Actor, holds, reach
from portal.engine.charts import Chart
from portal.engine.db import db
from portal.engine.listing import Chip, Listing
from portal.engine.presentation import day
from portal.engine.story import StepTold
from portal.engine.text import _, _l, mark
from portal.engine.vietnamese import place_key
from portal.engine.workflow import steps_of
from portal.households.models import CampaignGoal, Household, PledgeCampaign, Signer
from portal.households.presenters import weeks
from portal.households.queries import Tally, goals_of, of_campaigns, signed_by_day, stands_for_itself, tallies
from portal.organisation.models import Unit
from portal.organisation.presenters.stories import story_of


def listing(campaigns: Select[Any], user: Actor) -> Listing:
    chips = [
        Chip("open", _l("Open"), lambda: PledgeCampaign.state == "open", "active"),
        Chip("closed", _l("Closed"), lambda: PledgeCampaign.state == "closed"),
    ]
    if holds(user, "create", PledgeCampaign):
        chips.append(Chip("draft", _l("Drafts"), lambda: PledgeCampaign.state == "draft"))
    orders = {"newest": (PledgeCampaign.first_on.desc(), PledgeCampaign.id.desc())}
    found = campaigns.where(PledgeCampaign.voided_at.is_(None))
    return Listing(found, PledgeCampaign, chips=chips, orders=orders)


@dataclass(frozen=True)
class Own:
    """A campaign in a village of whoever confirms pledges there: where it is, and how many signed."""

    name: str
    url: str
    signed: int


def own_goals(user: Actor, campaigns: Sequence[PledgeCampaign]) -> dict[int, list[Own]] | None:
    """Where a village head goes from the list, by the id of the campaign: one way a village. None for all others."""
    if not holds(user, "confirm_pledges", CampaignGoal):
        return None
    ids = [one.id for one in campaigns]
    asked = reach(user, "confirm_pledges", CampaignGoal).where(CampaignGoal.campaign_id.in_(ids), stands_for_itself())
    found: dict[int, list[Own]] = {}
    counts: dict[int, Mapping[int, int]] = {}
    for goal in db.session.scalars(asked.options(joinedload(CampaignGoal.village)).order_by(CampaignGoal.id)).unique():
        if goal.village_id not in counts:
            counts[goal.village_id] = of_campaigns(campaigns, goal.village_id)
        signed = counts[goal.village_id].get(goal.campaign_id, 0)
        own = Own(goal.village.title, url_for("campaigns.village", id=goal.id), signed)
        found.setdefault(goal.campaign_id, []).append(own)
    return found


@dataclass(frozen=True)
class Village:
    """A row of the table: a village with its counts and its weeks."""

    name: str
    url: str
    tally: Tally
    signed: Mapping[date, int]  # how many on each day
    chart: Chart


@dataclass(frozen=True)
class Course:
    """How a campaign goes on among those of one kind: village by village, all together, week by week."""

    of_households: bool
    villages: Sequence[Village]
    whole: Tally
    ends: Sequence[date]
    chart: Chart

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The weeks as columns of a table."""
        return [{"label": day(end, "dd/MM"), "num": True} for end in self.ends]


def course(campaign: PledgeCampaign, kind: type[Signer]) -> Course:
    """The villages in which anybody lives, those furthest behind first; three questions, however many there are."""
    ends, villages = weeks.ends(campaign), by_village(campaign, kind)
    whole = sum((one.tally for one in villages), Tally())
    signed = sum((Counter(one.signed) for one in villages), Counter[date]())
    title = _("Households signed week by week") if kind is Household else _("Establishments signed week by week")
    drawn = weeks.chart(kind.__tablename__, title, signed, ends, whole)
    return Course(kind is Household, villages, whole, ends, drawn)


def by_village(campaign: PledgeCampaign, kind: type[Signer]) -> list[Village]:
    counted = {unit_id: one for unit_id, one in tallies(campaign, kind).items() if one.here}
    goals = {one.village.heir_id: one for one in goals_of(campaign)}
    ends, signed = weeks.ends(campaign), signed_by_day(campaign, kind)
    rows = []
    for unit_id, tally in counted.items():
        goal = goals.get(unit_id)
        name = goal.village.title if goal else db.session.get_one(Unit, unit_id).title
        url = url_for("campaigns.village", id=goal.id, of=kind.__tablename__ + "s") if goal else ""
        days = signed.get(unit_id, {})
        rows.append(Village(name, url, tally, days, weeks.chart(str(unit_id), name, days, ends, tally)))
    return sorted(rows, key=lambda row: (row.tally.percent, place_key(row.name)))


def story(campaign: PledgeCampaign) -> list[StepTold]:
    return story_of(campaign, steps_of(campaign), mark("%(who)s wrote the campaign"))
