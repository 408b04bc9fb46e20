"""What a village head finds on the first page: three big ways in, the open campaigns, the numbers to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.orm import joinedload

from portal.engine.access import Actor, holds, reach
from portal.engine.db import db
from portal.engine.text import _, ngettext
from portal.forces.models import Hotline
from portal.forces.queries import published
from portal.households.models import CampaignGoal, PledgeCampaign
from portal.households.queries import Tally, stands_for_itself, tallies
from portal.organisation.models import Unit


@dataclass(frozen=True)
class Way:
    """A line of the page that is one big link: where it leads, and what is left there."""

    label: str
    text: str
    url: str
    icon: str


@dataclass(frozen=True)
class VillagePage:
    """The first page of whoever heads a village."""

    name: str
    campaigns: Sequence[Way]  # the open ones, a line each
    hotlines: Sequence[Hotline]


def village_page(user: Actor) -> VillagePage | None:
    """None for roles that do not confirm pledges in a village of their own."""
    if not holds(user, "confirm_pledges", CampaignGoal):
        return None
    units = [db.session.get_one(Unit, grant.unit_id) for grant in user.grants_today]
    ways = [_way(goal, named=len(units) > 1) for goal in _open_goals(user)]
    return VillagePage(", ".join(unit.title for unit in units), ways, published(user))


def _open_goals(user: Actor) -> Sequence[CampaignGoal]:
    """The open campaigns in the own village, what ends first before the others."""
    mine = reach(user, "confirm_pledges", CampaignGoal).join(PledgeCampaign, CampaignGoal.campaign)
    found = mine.where(PledgeCampaign.state == "open", stands_for_itself())
    loaded = found.options(joinedload(CampaignGoal.campaign), joinedload(CampaignGoal.village))
    return db.session.scalars(loaded.order_by(PledgeCampaign.last_on, CampaignGoal.id)).unique().all()


def _way(goal: CampaignGoal, *, named: bool) -> Way:
    """*named*: with the village, for whoever heads several."""
    campaign, heir = goal.campaign, goal.village.heir_id or goal.village_id
    each = [tallies(campaign, kind, village=goal.village).get(heir, Tally()) for kind in campaign.kinds]
    title = f"{campaign.title}, {goal.village.name}" if named else campaign.title
    return Way(title, _left(sum(each, Tally())), url_for("campaigns.village", id=goal.id), "households")


def _left(tally: Tally) -> str:
    """How many are left to sign, and how many wait for the head's own word."""
    parts: list[Any] = []
    if tally.not_yet > 0:
        parts.append(ngettext("%(num)s has not signed", "%(num)s have not signed", tally.not_yet))
    if tally.waiting > 0:
        parts.append(ngettext("%(num)s to be confirmed", "%(num)s to be confirmed", tally.waiting))
    return ", ".join(map(str, parts)) or _("everybody has signed")
