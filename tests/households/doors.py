"""Builders of households, campaigns and pledges that read like sentences. Everything is made through actions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.actions import CampaignFacts, EstablishmentFacts, HouseholdFacts
from portal.households.models import (
    CampaignGoal,
    CampaignKind,
    DoorCall,
    Establishment,
    Household,
    Pledge,
    PledgeBreach,
    PledgeCampaign,
    Signer,
    Target,
)
from tests.builders import FOUNDED, Commune

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)
SIGNED = date(2026, 11, 20)
HEADS = {"BPH": "village_head", "NHA": "village_head2"}


def some_households(
    commune: Commune, count: int = 1, village: str = "BPH", *, head: str = "Nguyễn Văn Bường", people: int = 4,
    since: date = FOUNDED,
) -> list[Household]:  # fmt: skip
    facts = [HouseholdFacts(head, people) for _number in range(count)]
    with transaction(commune.clerk):
        return actions.enter_households(commune.place(village), commune.id, facts, since)


def some_establishments(
    commune: Commune, count: int = 1, village: str = "BPH", *, name: str = "Tạp hóa Hải Yến", owner: str = "Y Pan"
) -> list[Establishment]:
    facts = [EstablishmentFacts(name, "Bán lẻ hàng tạp hóa", owner) for _number in range(count)]
    with transaction(commune.clerk):
        return actions.enter_establishments(commune.place(village), commune.id, facts, FOUNDED)


def a_campaign(
    commune: Commune, *, kind: CampaignKind = CampaignKind.DRUG_FREE, target: Target = Target.HOUSEHOLDS,
    title: str = "Cam kết không ma túy 2026", state: str = "open", first_on: date = FIRST, last_on: date = LAST,
    counts: dict[int, int | None] | None = None, text: str = "Không sử dụng ma túy.",
) -> PledgeCampaign:  # fmt: skip
    """A campaign that is open, unless told otherwise."""
    facts = CampaignFacts(kind, title, text, target, first_on, last_on)
    with transaction(commune.officer):
        campaign = actions.draft_campaign(commune.id, facts, counts)
    for step in {"draft": (), "open": ("open",), "closed": ("open", "close")}[state]:
        with transaction(commune.chief):
            campaign.workflow.take(step, campaign, commune.chief)
    return campaign


def goal(commune: Commune, campaign: PledgeCampaign, village: str = "BPH") -> CampaignGoal:
    of = CampaignGoal.campaign_id == campaign.id, CampaignGoal.village_id == commune.place(village).id
    return db.session.scalars(select(CampaignGoal).where(*of)).one()


def ticked(
    commune: Commune, campaign: PledgeCampaign, signers: Sequence[Signer], *, by: str = "village_head",
    on: date | None = SIGNED, village: str = "BPH", over: Sequence[DoorCall] = (),
) -> Any:  # fmt: skip
    """Signed on a day by those who are ticked, over what was said before; confirmed where the village head ticks."""
    user = getattr(commune, by)
    with transaction(user):
        of, ids = goal(commune, campaign, village), [one.id for one in signers]
        return actions.tick(of, type(signers[0]), ids, on, user, over=[one.id for one in over])


def breached(commune: Commune, pledge: Pledge, *, by: str = "officer", word: str = "Biên bản 05/BB-CA") -> PledgeBreach:
    """A breach that was proposed by one and decided by the chief."""
    with transaction(getattr(commune, by)):
        breach = actions.propose_breach(pledge, SIGNED, word, getattr(commune, by))
    with transaction(commune.chief):
        breach.workflow.take("approve", breach, commune.chief)
    return breach


def pledges_of(signer: Signer) -> list[Pledge]:
    column = Pledge.household_id if isinstance(signer, Household) else Pledge.establishment_id
    return list(db.session.scalars(select(Pledge).where(column == signer.id).order_by(Pledge.id)))
