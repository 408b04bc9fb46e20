"""The figures of outreach, counted once more: plain Python over plain rows, from the definitions."""

from dataclasses import dataclass
from datetime import date

from tests.reports.calendar_by_hand import within

FACE_TO_FACE = (
    "flag_ceremony", "village_meeting", "launch", "school", "workplace", "mobile_campaign", "festival",
    "household_visit_round",
)  # fmt: skip


@dataclass
class Session:
    form: str
    state: str
    held_on: date
    attendance: int | None = None
    where: str = "here"
    voided: bool = False


@dataclass
class Material:
    kind: str
    quantity: int
    distributed_on: date
    where: str = "here"
    voided: bool = False


@dataclass
class Told:
    sessions: list[Session]
    material: list[Material]


def figures(told: Told, first: date, last: date) -> dict[str, int]:
    """Every figure of the period."""
    real = [one for one in told.sessions if not one.voided and one.where != "elsewhere" and one.state == "held"]
    held = [one for one in real if within(one.held_on, first, last)]
    sessions = [one for one in held if one.form in FACE_TO_FACE]
    given = [one for one in told.material if not one.voided and one.where != "elsewhere"]
    given = [one for one in given if within(one.distributed_on, first, last)]
    return {
        "outreach.sessions": len(sessions),
        "outreach.attendance": sum(one.attendance or 0 for one in sessions),
        "outreach.social_media_reach": sum(one.attendance or 0 for one in held if one.form == "social_media"),
        "outreach.leaflets": sum(one.quantity for one in given if one.kind == "leaflet"),
        "outreach.banners": sum(one.quantity for one in given if one.kind == "banner"),
    }
