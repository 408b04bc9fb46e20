"""What people do with campaigns: write them, and say what each village is to reach. The rest is the workflow's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import Kept, db, touch
from portal.engine.numbering import next_number
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.households.models import CampaignGoal, CampaignKind, PledgeCampaign, Target
from portal.organisation.models import Unit, UnitKind, line_of
from portal.organisation.queries import villages


@dataclass(frozen=True)
class CampaignFacts:
    kind: CampaignKind
    title: str
    text: str
    target: Target
    first_on: date
    last_on: date
    programme_id: int | None = None  # the title that it serves


def draft_campaign(
    commune_id: int, facts: CampaignFacts, counts: Mapping[int, int | None] | None = None
) -> PledgeCampaign:
    """Write a campaign for all villages; *counts*, by the id of a village, where not everybody is to sign."""
    _fits(facts)
    number = next_number(
        PledgeCampaign.number, f"CK-{clock.today().year}-", PledgeCampaign.commune_id.in_(line_of(commune_id))
    )
    campaign = PledgeCampaign(commune_id=commune_id, number=number, **vars(facts))
    add_goals(campaign, villages(commune_id), counts or {})
    db.session.add(campaign)
    db.session.flush()
    return campaign


def add_goals(campaign: PledgeCampaign, places: Iterable[Unit], counts: Mapping[int, int | None]) -> None:
    """Let a campaign be in some villages."""
    for village in places:
        made = CampaignGoal(commune_id=campaign.commune_id, village_id=village.id, village=village)
        made.count = counts.get(village.id)
        campaign.goals.append(made)


def complete_goals(commune_id: int) -> None:
    """Let villages that began since take part in the campaigns that are not closed: all of theirs are to sign."""
    places, ours = villages(commune_id), PledgeCampaign.commune_id.in_(line_of(commune_id))
    going_on = ours, PledgeCampaign.state != "closed", PledgeCampaign.voided_at.is_(None)
    for campaign in db.session.scalars(select(PledgeCampaign).where(*going_on)):
        there = {goal.village_id for goal in campaign.goals}
        add_goals(campaign, [one for one in places if one.id not in there and one.heir_id == one.id], {})
    db.session.flush()


def take_new_villages_in(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a village was set up, or took another over."""
    changed = [one for _deed, one in deeds if isinstance(one, Unit) and one.kind == UnitKind.VILLAGE]
    for commune_id in {one.commune_id for one in changed if one.commune_id}:
        complete_goals(commune_id)


def change_campaign(
    campaign: PledgeCampaign, facts: CampaignFacts, counts: Mapping[int, int | None] | None = None
) -> None:
    """Change a draft. Raises Refused once it is open: what people sign stands."""
    if campaign.state != "draft":
        raise Refused(Plain(mark("The campaign is open: what people sign is changed no more.")))
    _fits(facts)
    for name, value in vars(facts).items():
        setattr(campaign, name, value)
    for goal in campaign.goals:
        taken_over = goal.village.heir_id != goal.village_id  # what it adds to is the goal of the other
        goal.count = 0 if taken_over else (counts or {}).get(goal.village_id)
    touch(campaign)


def _fits(facts: CampaignFacts) -> None:
    if facts.last_on < facts.first_on:
        raise Refused(Misfit("last_on", mark("The last day cannot be before the first.")))
