"""What is counted of pledges: how many different households or establishments signed, from the day of signing on."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, or_, select

from portal.engine.indicators import Examples, Indicator, Period, by_month
from portal.engine.text import _l
from portal.households.models import CampaignKind, Establishment, Household, Pledge, PledgeCampaign, Signer
from portal.households.queries import column_of, counting
from portal.organisation.breakdowns import by_village


def signed(kind: CampaignKind, by: type[Signer]) -> Callable[[Period], Select[Any]]:
    """Pledges of campaigns of a kind signed in a period, unless withdrawn by the end of its last day."""

    def records(period: Period) -> Select[Any]:
        holds = or_(Pledge.withdrawn_on.is_(None), Pledge.withdrawn_on > period.last)
        return (
            select(Pledge)
            .join(PledgeCampaign, PledgeCampaign.id == Pledge.campaign_id)
            .where(
                Pledge.commune_id.in_(period.communes), counting(), column_of(Pledge, by).is_not(None),
                PledgeCampaign.kind == kind, Pledge.signed_on.between(period.first, period.last), holds,
            )
        )  # fmt: skip

    return records


_HOW = _l(
    "Counted from the day of signing, confirmed by the village head or not. Whoever signed twice counts once; whoever "
    "withdrew on or before the last day of the period does not count; a breached pledge still counts as signed."
)
_PARTED = (by_village(Pledge.village_id), by_month(Pledge.signed_on))
_EXAMPLES = Examples(
    (
        _l("signed on the first or the last day of the period"),
        _l("signed, and not confirmed yet by the village head"), _l("signed, and breached since"),
        _l("withdrawn on the day after the period"),
    ),
    (
        _l("signed a second time in the period: it is one"), _l("withdrawn on the last day of the period"),
        _l("of a campaign that was entered in error"), _l("absent or refused"),
    ),
)  # fmt: skip

DRUG_FREE = Indicator(
    "pledges.drug_free.households", _l("Households that pledged to stay drug-free"), _l("households"), _HOW,
    "flow", Pledge, signed(CampaignKind.DRUG_FREE, Household), Pledge.household_id,
    overlaps=True, breakdowns=_PARTED, examples=_EXAMPLES,
)  # fmt: skip
FIRE_SAFETY = Indicator(
    "pledges.fire_safety.households", _l("Households that pledged fire safety"), _l("households"), _HOW,
    "flow", Pledge, signed(CampaignKind.FIRE_SAFETY, Household), Pledge.household_id,
    overlaps=True, breakdowns=_PARTED, examples=_EXAMPLES,
)  # fmt: skip
FIRE_SAFETY_OF_ESTABLISHMENTS = Indicator(
    "pledges.fire_safety.establishments", _l("Establishments that pledged fire safety"), _l("establishments"), _HOW,
    "flow", Pledge, signed(CampaignKind.FIRE_SAFETY, Establishment), Pledge.establishment_id,
    overlaps=True, breakdowns=_PARTED, examples=_EXAMPLES,
)  # fmt: skip
FIREWORKS = Indicator(
    "pledges.fireworks.households", _l("Households that pledged on fireworks"), _l("households"), _HOW,
    "flow", Pledge, signed(CampaignKind.FIREWORKS, Household), Pledge.household_id,
    overlaps=True, breakdowns=_PARTED, examples=_EXAMPLES,
)  # fmt: skip

INDICATORS = (DRUG_FREE, FIRE_SAFETY, FIRE_SAFETY_OF_ESTABLISHMENTS, FIREWORKS)
