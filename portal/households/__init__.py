"""Households and establishments of the villages, and the campaigns in which they pledge something."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.households.actions import take_new_villages_in
from portal.households.agenda import AGENDA
from portal.households.duties import SOURCES
from portal.households.indicators import INDICATORS
from portal.households.models import (
    CampaignGoal,
    DoorCall,
    Establishment,
    Household,
    Pledge,
    PledgeBreach,
    PledgeCampaign,
    PledgeSheet,
    PrintedList,
    Stay,
)
from portal.households.notices import NOTICES, tell_of_opened, tell_of_waiting
from portal.households.reviews import REVIEWS
from portal.households.sync import PHONE_FORMS
from portal.households.views import blueprints

_GROUP, _HERE = _l("In the commune"), "campaigns.index"

AREA = Area(
    "households",
    records=(
        Household, Stay, Establishment, PledgeCampaign, CampaignGoal, Pledge, DoorCall, PledgeSheet, PrintedList,
        PledgeBreach,
    ),
    blueprints=blueprints,
    places=(
        Place(_l("Pledges"), "campaigns.index", "households", (PledgeCampaign, "read"), _GROUP, on_phone=True),
        Place(_l("Households"), "households.index", "households", (Household, "read"), _GROUP, under=_HERE),
        Place(_l("Establishments"), "establishments.index", "forces", (Establishment, "read"), _GROUP, under=_HERE),
    ),
    indicators=INDICATORS,
    duty_sources=SOURCES,
    notices=NOTICES,
    agenda=AGENDA,
    reviews=REVIEWS,
    phone_forms=PHONE_FORMS,
    follows=(take_new_villages_in, tell_of_opened, tell_of_waiting),
    subjects=((PledgeCampaign, "campaigns.show"), (CampaignGoal, "campaigns.village"), (Household, "households.show"),
              (PledgeBreach, "pledges.breach"),
              (Establishment, "establishments.show")),
)  # fmt: skip
