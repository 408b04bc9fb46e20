"""Administrative fines for the illegal use of drugs: a warning, or an amount of the band of the decree in force."""

from datetime import date

from portal.law.rule import DRUG_ACT_2021, Parameter, Parameters, Refusal, Rule, Unit, _

DECREE_OF_2025_SINCE = date(2025, 12, 15)
DECREE_OF_2021 = "Nghị định 144/2021/NĐ-CP, Điều 23 khoản 1"
DECREE_OF_2025 = "Nghị định 282/2025/NĐ-CP, Điều 30"


def _both(value: int) -> tuple[Parameter, ...]:
    """A number that the decree of 2025 carries on."""
    return (
        Parameter(DRUG_ACT_2021, value, DECREE_OF_2021, unit=Unit.VND),
        Parameter(DECREE_OF_2025_SINCE, value, DECREE_OF_2025, unit=Unit.VND),
    )


PARAMETERS = Parameters({
    "FINE-DRUG-USE.least": Rule(_("Least fine for the use of drugs"), _both(1_000_000)),
    "FINE-DRUG-USE.most": Rule(_("Highest fine for the use of drugs"), _both(2_000_000)),
})  # fmt: skip

OUTSIDE = _("The decree fines from %(least)s to %(most)s đồng, or warns (0).")


def outside_of_band(amount_vnd: int, used_on: date, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say what the decree of the day says where an amount is neither a warning (0) nor within its band.

    Both ends belong to the band. Nothing is said of days before the decree of 2021. Law may set another amount for
    somebody (a minor), so whoever records one gives the reason.
    """
    law = parameters.on(used_on)
    least, most = law.get("FINE-DRUG-USE.least"), law.get("FINE-DRUG-USE.most")
    if least is None or most is None or amount_vnd == 0 or least.count <= amount_vnd <= most.count:
        return []
    return [least.forbids(OUTSIDE, least=least.count, most=most.count)]


def middle(used_on: date, parameters: Parameters = PARAMETERS) -> int | None:
    """The middle of the band, which is usual where nothing makes the deed heavier or lighter."""
    law = parameters.on(used_on)
    least, most = law.get("FINE-DRUG-USE.least"), law.get("FINE-DRUG-USE.most")
    return (least.count + most.count) // 2 if least and most else None
