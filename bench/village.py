"""A village whose head confirms pledges: households, campaigns in which nobody has signed yet, and a phone."""

from datetime import date, timedelta

from bench.organisation import FOUNDED, Commune, kept_password, new_user
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.households.actions import CampaignFacts, HouseholdFacts, draft_campaign, enter_households
from portal.households.models import CampaignKind, Target
from portal.offline.models import Phone
from portal.organisation.models import Role, Unit

HEAD, TAG = "dn.head", "the-phone-of-the-bench"
HOUSEHOLDS, CAMPAIGNS = 300, 24
OPEN_FOR = timedelta(days=300)  # so long that no village lags, and nothing presses on anybody's first page


def set_up(commune: Commune, today: date) -> None:
    """Give the first village of a commune its head, its doors and what is to be pledged there."""
    with transaction(None):
        whole, village = (db.session.get_one(Unit, number) for number in (commune.id, commune.villages[0]))
        head = new_user(HEAD, "Y Hồng", kept_password(), Role.VILLAGE_HEAD, village, whole)
        phone = Phone(commune_id=commune.id, user=head, user_id=head.id, tag=TAG, label="bench")
        db.session.add(phone)
        enter_households(village, commune.id, [HouseholdFacts("Nguyễn Văn Bường", 4)] * HOUSEHOLDS, FOUNDED)
        for number in range(1, CAMPAIGNS + 1):
            _open_campaign(commune.id, f"Cam kết không ma túy {number}", today.replace(day=1))


def _open_campaign(commune_id: int, title: str, first_on: date) -> None:
    facts = CampaignFacts(
        CampaignKind.DRUG_FREE, title, "Không sử dụng ma túy.", Target.HOUSEHOLDS, first_on, first_on + OPEN_FOR
    )  # fmt: skip
    campaign = draft_campaign(commune_id, facts)
    campaign.state, campaign.opened_at = "open", clock.now()
