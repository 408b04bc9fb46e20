"""What is counted of weapons that were handed over: pieces of each type, whoever gave them."""

from typing import Any

from sqlalchemy import Select, select

from portal.engine.indicators import Examples, Indicator, Period, by_month
from portal.engine.text import _l
from portal.organisation.breakdowns import by_village
from portal.prevention.models import WeaponHandover, WeaponItem, WeaponType


def handed_over(of_type: WeaponType) -> Any:
    """Lines of hand-overs of the period, of one type."""

    def records(period: Period) -> Select[Any]:
        return (
            select(WeaponItem)
            .join(WeaponItem.handover)
            .where(WeaponItem.weapon_type == of_type, WeaponItem.voided_at.is_(None))
            .where(WeaponHandover.commune_id.in_(period.communes), WeaponHandover.voided_at.is_(None))
            .where(WeaponHandover.handed_over_on.between(period.first, period.last))
        )

    return records


_GUNS, _PIECES = _l("guns"), _l("pieces")
_LABELS = {
    WeaponType.FLINTLOCK_GUNS: (_l("Flintlock guns handed over"), _GUNS),
    WeaponType.ALCOHOL_GUNS: (_l("Alcohol guns handed over"), _GUNS),
    WeaponType.ELECTRIC_BATONS: (_l("Electric batons handed over"), _PIECES),
    WeaponType.KNIVES_SWORDS: (_l("Knives and swords handed over"), _PIECES),
    WeaponType.HANDCUFFS: (_l("Handcuffs handed over"), _PIECES),
}

INDICATORS = tuple(
    Indicator(
        f"weapons.{of_type}", label, unit,
        _l(
            "Pieces of this type in hand-overs of the period, added up: by pieces, not by givers. What is seized in an "
            "incident is no hand-over."
        ),
        "flow", WeaponItem, handed_over(of_type), sums=WeaponItem.quantity,
        breakdowns=(by_village(WeaponHandover.village_id), by_month(WeaponHandover.handed_over_on)),
        examples=Examples(
            (_l("two pieces in one hand-over: two"), _l("handed over on the first or the last day of the period")),
            (_l("seized in an incident"), _l("a line, or a whole hand-over, entered in error")),
        ),
    )
    for of_type, (label, unit) in _LABELS.items()
)  # fmt: skip
