"""What may be typed about households, establishments, campaigns and pledges."""

from portal.households.forms.campaigns import GOAL, CampaignForm, campaign_form
from portal.households.forms.pledges import BreachForm, SignedOnForm, WithdrawForm
from portal.households.forms.printed import RowsForm
from portal.households.forms.register import (
    CloseForm,
    EstablishmentForm,
    HouseholdForm,
    LeaveForm,
    MergeForm,
    MoveForm,
    NewEstablishmentForm,
    NewHouseholdForm,
    SplitForm,
    villages_to_choose,
)
from portal.households.forms.signing import (
    SIGNED,
    WITHDRAWN,
    AllButForm,
    ConfirmForm,
    DoorForm,
    SheetForm,
    SureForm,
    TickForm,
    UndoForm,
    choices_at_door,
    sheet_form,
)

__all__ = [
    "GOAL", "SIGNED", "WITHDRAWN", "AllButForm", "BreachForm", "CampaignForm", "CloseForm", "ConfirmForm", "DoorForm",
    "EstablishmentForm", "HouseholdForm", "LeaveForm", "MergeForm", "MoveForm", "NewEstablishmentForm",
    "NewHouseholdForm", "RowsForm", "SheetForm", "SignedOnForm", "SplitForm", "SureForm", "TickForm", "UndoForm",
    "WithdrawForm", "campaign_form", "choices_at_door", "sheet_form", "villages_to_choose",
]  # fmt: skip
