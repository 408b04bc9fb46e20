"""The figures of the movement, counted once more: plain Python over plain rows, from the definitions."""

from dataclasses import dataclass, field
from datetime import date

from tests.reports.calendar_by_hand import stands, within


@dataclass
class Training:
    held_on: date
    count: int
    voided: bool = False


@dataclass
class Model:
    kind: str
    launched_on: date
    ended_on: date | None = None
    trainings: list[Training] = field(default_factory=list)
    where: str = "here"
    voided: bool = False


@dataclass
class Commendation:
    given_on: date
    whom: str
    honour: str
    where: str = "here"
    voided: bool = False


@dataclass
class Told:
    models: list[Model]
    commendations: list[Commendation]


def figures(told: Told, first: date, last: date) -> dict[str, int]:
    """Every figure of the period."""
    models = [one for one in told.models if not one.voided and one.where != "elsewhere"]
    trainings = [training for one in models for training in one.trainings if not training.voided]
    given = [one for one in told.commendations if not one.voided and one.where != "elsewhere"]
    return {
        "models.running": len([one for one in models if stands(one.launched_on, one.ended_on, last)]),
        "models.trained_attendance": sum(one.count for one in trainings if within(one.held_on, first, last)),
        "commendations.given": len([one for one in given if within(one.given_on, first, last)]),
    }
