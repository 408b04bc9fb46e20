"""What the tests of the profile write down."""

from datetime import date
from typing import Any

from portal.organisation.models import Unit


def totals(village: Unit, as_of: date, **more: int) -> dict[str, Any]:
    """Totals of a village, without minorities and religions unless they are told."""
    counts = {
        "households": 486, "persons": 1520, "minority_households": 0, "minority_persons": 0,
        "religious_households": 0, "religious_persons": 0,
    }  # fmt: skip
    return {"village_id": village.id, "as_of": as_of, **counts, **more}
