"""The figures of weapons handed over, counted once more: plain Python over plain rows, from the definitions."""

from dataclasses import dataclass
from datetime import date

from tests.reports.calendar_by_hand import within

TYPES = ("flintlock_guns", "alcohol_guns", "electric_batons", "knives_swords", "handcuffs")


@dataclass
class Item:
    type: str
    quantity: int
    voided: bool = False


@dataclass
class HandOver:
    handed_over_on: date
    items: list[Item]
    where: str = "here"
    voided: bool = False


def figures(told: list[HandOver], first: date, last: date) -> dict[str, int]:
    """Every figure of the period: pieces, not givers."""
    real = [one for one in told if not one.voided and one.where != "elsewhere"]
    items = [item for one in real if within(one.handed_over_on, first, last) for item in one.items if not item.voided]
    return {f"weapons.{of}": sum(item.quantity for item in items if item.type == of) for of in TYPES}
