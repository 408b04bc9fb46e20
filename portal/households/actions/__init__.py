"""What people do with households, establishments, campaigns and pledges. All take plain values and know no request."""

from portal.households.actions.breaches import propose_breach
from portal.households.actions.calls import Called, record_calls
from portal.households.actions.campaigns import CampaignFacts, change_campaign, draft_campaign, take_new_villages_in
from portal.households.actions.correcting import strike_out_establishment, strike_out_household, take_back_stay
from portal.households.actions.pledging import Outcome, correct_day, tick, withdraw
from portal.households.actions.printing import TypedBack, print_list, type_back
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
from portal.households.actions.sheets import (
    OthersLeft,
    SaidBefore,
    none_signed,
    said_of_all,
    same_left,
    sign_all_but,
    sign_sheet,
)
from portal.households.actions.taking_back import strike_out, take_back_sheet, undo

__all__ = [
    "Called", "CampaignFacts", "EstablishmentFacts", "HouseholdFacts", "OthersLeft", "Outcome", "SaidBefore",
    "TypedBack", "change_campaign", "change_establishment", "change_household", "close_establishment", "correct_day",
    "draft_campaign", "enter_establishments", "enter_households", "leave", "merge", "move", "none_signed",
    "print_list", "propose_breach", "record_calls", "said_of_all", "same_left", "sign_all_but", "sign_sheet", "split",
    "strike_out", "strike_out_establishment", "strike_out_household", "take_back_sheet", "take_back_stay",
    "take_new_villages_in", "tick", "type_back", "undo", "withdraw",
]  # fmt: skip
