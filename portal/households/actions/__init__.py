"""What people do with households, establishments, campaigns and pledges. All take plain values and know no request."""

from portal.households.actions.breaches import propose_breach
from portal.households.actions.calls import record_calls
from portal.households.actions.campaigns import CampaignFacts, change_campaign, draft_campaign, take_new_villages_in
from portal.households.actions.correcting import strike_out_establishment, strike_out_household, take_back
from portal.households.actions.pledging import Outcome, correct_day, tick, undo, withdraw
from portal.households.actions.printing import print_list, type_back
from portal.households.actions.register import (
    EstablishmentFacts,
    HouseholdFacts,
    change_establishment,
    change_household,
    close_establishment,
    enter_establishments,
    enter_households,
    leave,
    merge,
    move,
    split,
)
from portal.households.actions.sheets import fingerprint, sign_all_but, sign_sheet, take_back_sheet

__all__ = [
    "CampaignFacts", "EstablishmentFacts", "HouseholdFacts", "Outcome", "change_campaign", "change_establishment",
    "change_household", "close_establishment", "correct_day", "draft_campaign", "enter_establishments",
    "enter_households", "fingerprint", "leave", "merge", "move", "print_list", "propose_breach",
    "record_calls", "sign_all_but", "sign_sheet", "split", "strike_out_establishment",
    "strike_out_household", "take_back", "take_back_sheet", "take_new_villages_in", "tick", "type_back", "undo",
    "withdraw",
]  # fmt: skip
