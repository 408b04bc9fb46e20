"""What people do with campaigns: write them, and say what each village is to reach. The rest is the workflow's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.engine import clock
from portal.engine.db import db, touch
from portal.engine.numbering import next_number
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.households.models import CampaignGoal, CampaignKind, PledgeCampaign, Target
from portal.organisation.models import line_of
from portal.organisation.queries import villages


@dataclass(frozen=True)
class CampaignFacts:
    kind: CampaignKind
    title: str
    text: str
    target: Target
    first_on: date
    last_on: date


def draft_campaign(
    commune_id: int, facts: CampaignFacts, counts: Mapping[int, int | None] | None = None
) -> PledgeCampaign:
    """Write a campaign for all villages; *counts*, by the id of a village, where not everybody is to sign."""
    _fits(facts)
    number = next_number(
        PledgeCampaign.number, f"CK-{clock.today().year}-", PledgeCampaign.commune_id.in_(line_of(commune_id))
    )
    campaign = PledgeCampaign(commune_id=commune_id, number=number, **vars(facts))
    for village in villages(commune_id):
        count = (counts or {}).get(village.id)
        campaign.goals.append(
            CampaignGoal(commune_id=commune_id, village_id=village.id, village=village, count=count)
        )  # fmt: skip
    db.session.add(campaign)
    db.session.flush()
    return campaign


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
        goal.count = (counts or {}).get(goal.village_id)
    touch(campaign)


def _fits(facts: CampaignFacts) -> None:
    if facts.last_on < facts.first_on:
        raise Refused(Misfit("last_on", mark("The last day cannot be before the first.")))
