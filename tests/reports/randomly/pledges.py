"""Any pledges of any campaigns."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from portal.households import indicators
from portal.households.models import CampaignKind, Establishment, Household, Pledge, PledgeCampaign
from tests.builders import FOUNDED
from tests.reports import pledges_by_hand as hand
from tests.reports.randomly.rows import FIRST_ID, Places, Room, days, often, perhaps, put, rarely, some, where

DAY = date(2024, 8, 31)
SIGNERS, CAMPAIGNS = 3, 4
signers = st.tuples(st.sampled_from(["household", "household", "establishment"]), st.integers(0, SIGNERS - 1))


def _as_they_hold(told: hand.Told) -> hand.Told:
    """Whoever withdrew has done so on a day; of one signer and campaign one pledge holds at most."""
    holding: set[tuple[int, tuple[str, int]]] = set()
    for one in told.pledges:
        one.state = "withdrawn" if one.withdrawn_on else one.state
        if not one.voided and not one.withdrawn_on:
            one.voided = (one.campaign, one.signer) in holding
            holding.add((one.campaign, one.signer))
    return told


pledge = st.builds(
    hand.Pledge, campaign=st.integers(0, CAMPAIGNS - 1), signer=signers, signed_on=days, withdrawn_on=perhaps,
    state=st.sampled_from(["signed", "confirmed", "breached"]), where=where, voided=rarely,
)  # fmt: skip
campaign = st.builds(hand.Campaign, often(["fire_safety"], CampaignKind), rarely)
told = st.builds(
    hand.Told,
    campaigns=st.lists(campaign, min_size=CAMPAIGNS, max_size=CAMPAIGNS),
    struck=st.sets(signers, max_size=1),
    pledges=some(pledge, 24),
).map(_as_they_hold)


def tell(places: Places, told: Any) -> None:
    put(PledgeCampaign, [
        places.entry(number, one, kind=one.kind, title="", text="", target="both", state="open", first_on=DAY,
                     last_on=DAY)
        for number, one in enumerate(told.campaigns)
    ])  # fmt: skip
    here = places.at("here", "BPH")
    doors = range(SIGNERS)
    put(Household, [
        places.entry(number, hand.Campaign("", ("household", number) in told.struck), head="Thao Mưu", people=4,
                     walk=number, village_id=here)
        for number in doors
    ])  # fmt: skip
    put(Establishment, [
        places.entry(number, hand.Campaign("", ("establishment", number) in told.struck), trade_name="", business="",
                     walk=number, village_id=here, since=FOUNDED)
        for number in doors
    ])  # fmt: skip
    put(Pledge, [
        places.kept(number, one, campaign_id=FIRST_ID + one.campaign, signed_on=one.signed_on, state=one.state,
                    withdrawn_on=one.withdrawn_on, village_id=places.at(one.where, "BPH"),
                    household_id=_id(one, "household"), establishment_id=_id(one, "establishment"))
        for number, one in enumerate(told.pledges)
    ])  # fmt: skip


def _id(one: hand.Pledge, what: str) -> int | None:
    return FIRST_ID + one.signer[1] if one.signer[0] == what else None


EACH = hand.Told(
    [hand.Campaign("drug_free"), hand.Campaign("fire_safety"), hand.Campaign("fireworks"), hand.Campaign("other")],
    set(),
    [
        hand.Pledge(0, ("household", 0), DAY), hand.Pledge(1, ("household", 0), DAY),
        hand.Pledge(1, ("establishment", 0), DAY), hand.Pledge(2, ("household", 0), DAY),
    ],
)  # fmt: skip
ROOM = Room("pledges", indicators.INDICATORS, told, tell, hand.figures, EACH)
