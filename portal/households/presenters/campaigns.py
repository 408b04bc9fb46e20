"""Campaigns on a desk: the list, and how far each village has come, week by week."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import Select

from portal.engine import clock
from portal.engine.access import Actor, holds, reach
from portal.engine.db import db
from portal.engine.listing import Chip, Listing
from portal.engine.presentation import day
from portal.engine.story import StepTold
from portal.engine.text import _, _l, mark
from portal.engine.workflow import steps_of
from portal.households.models import CampaignGoal, PledgeCampaign, Signer
from portal.households.queries import Tally, goals_of, signed_by_day, tallies
from portal.organisation.models import Unit
from portal.organisation.presenters.stories import story_of

MOST_COLUMNS = 16
HEIGHT, BASE = 28, 30  # of the small columns, in pixels


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


def own_village(user: Actor) -> int | None:
    """The village of whoever confirms pledges there and nowhere else."""
    return user.acting.unit_id if user.acting and holds(user, "confirm_pledges", CampaignGoal) else None


def own_goals(user: Actor, campaigns: Sequence[PledgeCampaign]) -> dict[int, int]:
    """Where a village head goes from the list: the id of the own goal, by that of the campaign."""
    ids = [one.id for one in campaigns]
    asked = reach(user, "confirm_pledges", CampaignGoal).where(CampaignGoal.campaign_id.in_(ids))
    return {one.campaign_id: one.id for one in db.session.scalars(asked.order_by(CampaignGoal.id.desc()))}


@dataclass(frozen=True)
class Column:
    """A week of a village: which part of those who are to sign had signed by its end."""

    percent: float  # where it stands
    width: float
    y: float
    height: float


@dataclass(frozen=True)
class Village:
    """A row of the table: a village with its counts and its weeks."""

    name: str
    url: str
    tally: Tally
    weeks: Sequence[int]  # how many had signed by the end of each
    columns: Sequence[Column]


def by_village(campaign: PledgeCampaign, kind: type[Signer]) -> list[Village]:
    """The villages in which anybody lives, those furthest behind first."""
    counted = {unit_id: one for unit_id, one in tallies(campaign, kind).items() if one.here}
    goals = {one.village.heir_id: one for one in goals_of(campaign)}
    ends, signed = weeks(campaign), signed_by_day(campaign, kind)
    rows = []
    for unit_id, tally in counted.items():
        sums = _sums(signed.get(unit_id, {}), ends)
        goal = goals.get(unit_id)
        name = goal.village.title if goal else db.session.get_one(Unit, unit_id).title
        url = url_for("campaigns.village", id=goal.id, of=kind.__tablename__ + "s") if goal else ""
        rows.append(Village(name, url, tally, sums, _columns(sums, tally)))
    return sorted(rows, key=lambda row: (row.tally.percent, row.name))


def weeks(campaign: PledgeCampaign) -> list[date]:
    """The last days of the weeks of a campaign so far; of a long one, of longer spans."""
    last = min(campaign.last_on, max(campaign.first_on, clock.today()))
    days = (last - campaign.first_on).days + 1
    each = 7 * max(1, -(-days // (7 * MOST_COLUMNS)))
    ends = [campaign.first_on + timedelta(days=each * number - 1) for number in range(1, -(-days // each) + 1)]
    return [min(one, last) for one in ends]


def _sums(signed: Counter[date] | dict[date, int], ends: Sequence[date]) -> list[int]:
    return [sum(count for on, count in signed.items() if on <= end) for end in ends]


def _columns(sums: Sequence[int], tally: Tally) -> list[Column]:
    """Geometry in percent across and in pixels upwards; a goal that is passed ends at the top."""
    width = 100 / max(len(sums), 4)
    heights = [round(HEIGHT * min(1.0, one / tally.due), 1) if tally.due > 0 else 0.0 for one in sums]
    return [
        Column(round(number * width, 2), round(width * 0.8, 2), BASE - height, height)
        for number, height in enumerate(heights)
    ]


def whole(villages: Sequence[Village]) -> Tally:
    return sum((one.tally for one in villages), Tally())


def heads(ends: Sequence[date]) -> list[str]:
    return [day(end, "dd/MM") for end in ends]


def story(campaign: PledgeCampaign) -> list[StepTold]:
    return story_of(campaign, steps_of(campaign), mark("%(who)s wrote the campaign"))


def told(tally: Tally) -> str:
    return _("%(signed)s of %(due)s signed", signed=tally.signed, due=tally.due)
