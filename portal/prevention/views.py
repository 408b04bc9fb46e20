"""The pages of hand-overs of weapons, with the receipt to sign."""

from typing import Any

from portal.books import pages
from portal.documents.views import word
from portal.engine.access import opens
from portal.prevention.books import WEAPONS
from portal.prevention.models import WeaponHandover
from portal.prevention.papers import written

bp = pages(WEAPONS)


@bp.get("/<int:id>/receipt.docx")
@opens(WeaponHandover, to="read")
def receipt(handover: WeaponHandover) -> Any:
    """The receipt as an office program opens it."""
    return word.sent(written(handover), f"BB-{handover.number}")
