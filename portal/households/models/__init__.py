"""Households, establishments, and what they pledge."""

from portal.households.models.breach import PledgeBreach
from portal.households.models.campaign import (
    CAMPAIGN_KIND_NAMES,
    TARGET_NAMES,
    CampaignGoal,
    CampaignKind,
    PledgeCampaign,
    Target,
)
from portal.households.models.establishment import Establishment
from portal.households.models.household import Household, Stay
from portal.households.models.pledge import (
    AGAINST,
    LEFT_OUT,
    RESULT_NAMES,
    UNDO_WITHIN,
    CallResult,
    DoorCall,
    Pledge,
    PledgeSheet,
)
from portal.households.models.printed import PrintedList, PrintedRow

Signer = Household | Establishment

__all__ = [
    "AGAINST", "CAMPAIGN_KIND_NAMES", "LEFT_OUT", "RESULT_NAMES", "TARGET_NAMES", "UNDO_WITHIN", "CallResult",
    "CampaignGoal", "CampaignKind", "DoorCall", "Establishment", "Household", "Pledge", "PledgeBreach",
    "PledgeCampaign", "PledgeSheet", "PrintedList", "PrintedRow", "Signer", "Stay", "Target",
]  # fmt: skip
