"""The figures of incidents, tips and tip boxes, counted once more: plain Python, from the definitions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.reports.calendar_by_hand import within


@dataclass
class Someone:
    role: str
    file: int | None  # of the person's record, where there is one
    voided: bool = False


@dataclass
class Seized:
    substance: str
    thousandths: int | None
    voided: bool = False


@dataclass
class Vehicle:
    kind: str
    harm: str
    quantity: int = 1
    voided: bool = False


@dataclass
class Incident:
    kind: str
    occurred_on: date | None
    detected_on: date
    category: str | None = None
    detected_by: str | None = "commune_police"
    outcome: str = "pending"
    outcome_on: date | None = None
    deaths: int = 0
    injured: int = 0
    loss_vnd: int | None = None
    people: list[Someone] = field(default_factory=list)
    seizures: list[Seized] = field(default_factory=list)
    vehicles: list[Vehicle] = field(default_factory=list)
    where: str = "here"
    voided: bool = False


@dataclass
class Tip:
    received_on: date
    assessment: str
    where: str = "here"
    voided: bool = False


@dataclass
class Box:
    installed_on: date
    place: str
    removed_on: date | None = None
    where: str = "here"
    voided: bool = False


@dataclass
class Told:
    incidents: list[Incident]
    tips: list[Tip]
    boxes: list[Box]
    same: list[int]  # of each person's record, who it is


def figures(told: Told, first: date, last: date) -> dict[str, Any]:
    """Every figure of the period."""
    real = [one for one in told.incidents if _counts(one) and within(one.occurred_on or one.detected_on, first, last)]
    security = [one for one in real if one.kind == "security"]
    police = [one for one in security if one.detected_by == "commune_police"]
    others = [one for one in security if one.detected_by not in (None, "commune_police")]
    fined = [one for one in police if one.outcome == "administrative" and one.outcome_on and one.outcome_on <= last]
    traffic, fire, labour = ([one for one in real if one.kind == kind] for kind in ("traffic", "fire", "labour"))
    boxes = [one.place for one in told.boxes if _counts(one) and within(one.installed_on, first, last)]
    tips = [one for one in told.tips if _counts(one) and within(one.received_on, first, last)]
    parts = {
        "": security, "commune_police.": police, "commune_police.administrative.": fined, "other_forces.": others,
        "commune_police.drug_use.": _about("drug_use", police),
        "commune_police.fireworks.": _about("fireworks", police),
        "other_forces.drug_possession.": _about("drug_possession", others),
    }  # fmt: skip
    return {
        **{f"incidents.security.{part}cases": len(some) for part, some in parts.items()},
        **{f"incidents.security.{part}persons": _subjects(some, told.same) for part, some in parts.items()},
        "incidents.seizures.methamphetamine_g": _grams(real),
        "incidents.traffic.cases": len(traffic),
        "incidents.traffic.deaths": sum(one.deaths for one in traffic),
        "incidents.traffic.injured": sum(one.injured for one in traffic),
        "incidents.traffic.motorbikes_damaged": _motorbikes(traffic),
        "incidents.fire.cases": len(fire),
        "incidents.fire.property_loss_vnd": sum(one.loss_vnd or 0 for one in fire),
        "incidents.labour.cases": len(labour),
        "incidents.labour.deaths": sum(one.deaths for one in labour),
        "tips.valuable": len([one for one in tips if one.assessment == "valuable"]),
        "tip_boxes.installed": len(boxes),
        "tip_boxes.installed_village_halls": boxes.count("village_hall"),
        "tip_boxes.installed_police_station": boxes.count("police_station"),
    }


def _counts(one: Incident | Tip | Box) -> bool:
    return not one.voided and one.where != "elsewhere"


def _about(category: str, incidents: Iterable[Incident]) -> list[Incident]:
    return [one for one in incidents if one.category == category]


def _subjects(incidents: Iterable[Incident], same: list[int]) -> int:
    """In each incident the different people; whoever has no record is nobody but themselves."""
    total = 0
    for incident in incidents:
        subjects = [one for one in incident.people if one.role == "subject" and not one.voided]
        known = {same[one.file] for one in subjects if one.file is not None}
        total += len(known) + len([one for one in subjects if one.file is None])
    return total


def _grams(incidents: Iterable[Incident]) -> int | float:
    weighed = [one for incident in incidents for one in incident.seizures if not one.voided]
    exact = sum(one.thousandths or 0 for one in weighed if one.substance == "methamphetamine")
    return float((Decimal(exact) / 1000).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _motorbikes(incidents: Iterable[Incident]) -> int:
    vehicles = [one for incident in incidents for one in incident.vehicles if not one.voided]
    return sum(one.quantity for one in vehicles if one.kind == "motorbike" and one.harm in ("damaged", "destroyed"))
