"""The figures of villages and their totals, counted once more: plain Python over plain rows, from the definitions."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor

from tests.reports.calendar_by_hand import stands

COUNTED = (
    "households", "persons", "minority_households", "minority_persons", "religious_households", "religious_persons",
)  # fmt: skip


@dataclass
class Totals:
    as_of: date
    numbers: tuple[int, ...]  # in the order of COUNTED
    voided: bool = False


@dataclass
class Village:
    established_on: date
    dissolved_on: date | None = None
    totals: list[Totals] = field(default_factory=list)  # in the order in which they were written down
    where: str = "here"
    voided: bool = False


def figures(told: list[Village], first: date, last: date) -> dict[str, int | None]:
    """Every figure of the period; all look at the end of its last day."""
    there = [one for one in told if not one.voided and one.where != "elsewhere"]
    there = [one for one in there if stands(one.established_on, one.dissolved_on, last)]
    latest = [numbers for one in there if (numbers := _latest(one, last))]
    found: dict[str, int | None] = {"profile.villages": len(there)}
    for place, name in enumerate(COUNTED):
        found[f"profile.{name}"] = sum(numbers[place] for numbers in latest)
    found["profile.minority_share_pct"] = _share(found["profile.minority_persons"], found["profile.persons"])
    return found


def _latest(village: Village, last: date) -> tuple[int, ...] | None:
    """Of two of one day the one that was written down last."""
    declared = [one for one in village.totals if not one.voided and one.as_of <= last]
    days = [one.as_of for one in declared]
    return [one for one in declared if one.as_of == max(days)][-1].numbers if declared else None


def _share(part: int | None, whole: int | None) -> int | None:
    return floor(Fraction(100 * (part or 0), whole) + Fraction(1, 2)) if whole else None
