"""The figures of pledges, counted once more: plain Python over plain rows, from the definitions."""

from dataclasses import dataclass
from datetime import date

from tests.reports.calendar_by_hand import within


@dataclass
class Campaign:
    kind: str
    voided: bool = False


@dataclass
class Pledge:
    campaign: int
    signer: tuple[str, int]  # "household" or "establishment", and which
    signed_on: date
    state: str = "signed"
    withdrawn_on: date | None = None
    where: str = "here"
    voided: bool = False


@dataclass
class Told:
    campaigns: list[Campaign]
    struck: set[tuple[str, int]]  # who was entered in error
    pledges: list[Pledge]


def figures(told: Told, first: date, last: date) -> dict[str, int]:
    """Every figure of the period: different signers, from the day of signing, not withdrawn by its last day."""
    real = [one for one in told.pledges if not one.voided and one.where != "elsewhere"]
    real = [one for one in real if one.signer not in told.struck and not told.campaigns[one.campaign].voided]
    held = [one for one in real if within(one.signed_on, first, last)]
    held = [one for one in held if one.withdrawn_on is None or one.withdrawn_on > last]

    def signers(kind: str, what: str) -> int:
        return len({one.signer for one in held if told.campaigns[one.campaign].kind == kind and one.signer[0] == what})

    return {
        "pledges.drug_free.households": signers("drug_free", "household"),
        "pledges.fire_safety.households": signers("fire_safety", "household"),
        "pledges.fire_safety.establishments": signers("fire_safety", "establishment"),
        "pledges.fireworks.households": signers("fireworks", "household"),
    }
