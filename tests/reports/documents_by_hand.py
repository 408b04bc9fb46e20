"""The figure of directives, counted once more: plain Python over plain rows, from the definition."""

from dataclasses import dataclass
from datetime import date

from tests.reports.calendar_by_hand import within


@dataclass
class Document:
    direction: str
    category: str
    register: str  # "UB" of the People's Committee, "CA" of the police
    issued_by: str  # "unit", whose register it is, or a body that keeps none
    dated_on: date | None
    numbered: bool = True
    scan: str = "there"  # of the signed page: "there", "struck out", "none"
    afterwards: bool = False  # said to have gone out before the portal knew of it
    vouched: bool = False
    where: str = "here"
    voided: bool = False


def figures(told: list[Document], first: date, last: date) -> dict[str, int]:
    """Directives that the commune itself issued, through one of its three bodies, in the period."""
    real = [one for one in told if not one.voided and one.where != "elsewhere" and within(one.dated_on, first, last)]
    issued = [one for one in real if one.direction == "outgoing" and one.numbered and _went_out(one)]
    of_commune = [one for one in issued if one.register == "UB" or one.issued_by != "unit"]
    return {"documents.directives_issued": len([one for one in of_commune if one.category == "directive"])}


def _went_out(one: Document) -> bool:
    return one.scan == "there" or (one.afterwards and one.vouched)
