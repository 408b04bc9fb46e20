"""Whom a deed in a village is about: those whom the campaign asks and who live there."""

from collections.abc import Collection, Sequence
from typing import Any

from portal.engine.db import db
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import mark
from portal.households.models import CampaignGoal, Household, PledgeCampaign, PledgeSheet, Signer
from portal.households.queries import calls_at, found_at, not_signed, pledge_of, signers_in


def found(goal: CampaignGoal, kind: type[Signer], ids: Collection[int]) -> list[Any]:
    """Those of some ids who are of the village, in the order of the walk. Raises Refused as `_asks` does."""
    _asks(goal.campaign, kind)
    return found_at(kind, ids, signers_in(kind, goal.village, goal.campaign.counted_on))


def households_left(goal: CampaignGoal) -> list[Household]:
    """The households that have not signed, in the order of the walk. Raises Refused as `_asks` does."""
    _asks(goal.campaign, Household)
    return list(db.session.scalars(not_signed(goal)))


def asks_now(campaign: PledgeCampaign) -> None:
    """Raise Conflict unless people sign in a campaign now."""
    if campaign.state != "open" or campaign.voided_at is not None:
        raise Conflict(campaign, Plain(mark("Nothing is signed in this campaign now.")))


def _asks(campaign: PledgeCampaign, kind: type[Signer]) -> None:
    """Raise Refused where a campaign does not ask those of a kind."""
    if kind not in campaign.kinds:
        raise Refused(Plain(mark("Households do not sign in this campaign.") if kind is Household
                            else mark("Establishments do not sign in this campaign.")))  # fmt: skip


def columns_of(goal: CampaignGoal, signer: Signer, sheet: PledgeSheet | None) -> dict[str, Any]:
    """By what a pledge or a call says whose it is, in which campaign and where."""
    household = signer if isinstance(signer, Household) else None
    establishment = None if isinstance(signer, Household) else signer
    return {
        "commune_id": goal.commune_id, "campaign": goal.campaign, "campaign_id": goal.campaign_id,
        "village_id": goal.village_id, "household": household, "household_id": household.id if household else None,
        "establishment": establishment, "establishment_id": establishment.id if establishment else None,
        "sheet": sheet, "sheet_id": sheet.id if sheet else None,
    }  # fmt: skip


def settle_calls(campaign: PledgeCampaign, signers: Sequence[Signer]) -> None:
    """Let the latest call at each door stand, by its day, where nobody signed; where somebody did, none."""
    db.session.flush()
    pledged, calls = pledge_of(campaign, signers), calls_at(campaign, signers)
    stands = {signer_id: ones[-1] for signer_id, ones in calls.items() if signer_id not in pledged}
    for signer_id, ones in calls.items():
        for call in ones:
            if call.standing and call is not stands.get(signer_id):
                call.standing = False
    db.session.flush()  # the one before no longer stands when another does
    for call in stands.values():
        call.standing = True
    db.session.flush()
