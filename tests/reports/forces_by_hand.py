"""The figures of cameras and teams, counted once more: plain Python over plain rows, from the definitions."""

from dataclasses import dataclass, field
from datetime import date

from tests.reports.calendar_by_hand import stands, within

KINDS = ("security", "people_security", "civil_defence", "interfamily_fire")


@dataclass
class Camera:
    installed_on: date
    removed_on: date | None = None
    where: str = "here"
    voided: bool = False


@dataclass
class Member:
    joined_on: date
    left_on: date | None = None
    again: bool = False  # the person of the first line, who came back
    voided: bool = False


@dataclass
class Reorganised:
    on: date
    voided: bool = False


@dataclass
class Team:
    kind: str
    village: str
    established_on: date
    dissolved_on: date | None = None
    members: list[Member] = field(default_factory=list)
    reorganised: list[Reorganised] = field(default_factory=list)
    where: str = "here"
    voided: bool = False


@dataclass
class Told:
    """*ended*: of the commune's own villages the last day, and by which it was taken over."""

    cameras: list[Camera]
    teams: list[Team]
    ended: dict[str, tuple[date, str | None]] = field(default_factory=dict)


def figures(told: Told, first: date, last: date) -> dict[str, int]:
    """Every figure of the period."""
    cameras = [one for one in told.cameras if not one.voided and one.where != "elsewhere"]
    there = [one for one in told.teams if not one.voided and one.where != "elsewhere"]
    there = [one for one in there if stands(one.established_on, one.dissolved_on, last)]
    defence = _of("civil_defence", there)
    strengthened = [one for one in defence if _strengthened(one, first, last)]
    found = {
        "cameras.new": len([one for one in cameras if within(one.installed_on, first, last)]),
        "cameras.total": len([one for one in cameras if stands(one.installed_on, one.removed_on, last)]),
        "teams.civil_defence.strengthened_villages": _villages(strengthened, told, last),
        "teams.civil_defence.strengthened_members": _members(strengthened, last),
        "teams.civil_defence.teams": len(defence),
        "teams.civil_defence.members": _members(defence, last),
    }
    for kind in ("security", "people_security", "interfamily_fire"):
        found[f"teams.{kind}.villages"] = _villages(_of(kind, there), told, last)
        found[f"teams.{kind}.members"] = _members(_of(kind, there), last)
    return found


def _of(kind: str, teams: list[Team]) -> list[Team]:
    return [one for one in teams if one.kind == kind]


def _strengthened(team: Team, first: date, last: date) -> bool:
    days = [team.established_on, *(one.on for one in team.reorganised if not one.voided)]
    return any(within(day, first, last) for day in days)


def _villages(teams: list[Team], told: Told, last: date) -> int:
    """The different villages that there are at the end of the day: one that was taken over is the one that did."""
    standing = {
        (one.where, _standing(one.village, told, last) if one.where == "here" else one.village) for one in teams
    }
    return len({(where, village) for where, village in standing if village})


def _standing(village: str | None, told: Told, last: date) -> str | None:
    while village in told.ended and told.ended[village][0] < last:
        village = told.ended[village][1]
    return village


def _members(teams: list[Team], last: date) -> int:
    """In each team the different people; who left and came back is one."""
    total = 0
    for team in teams:
        lines = enumerate(team.members)
        serving = [
            (0 if one.again else n) for n, one in lines if not one.voided and stands(one.joined_on, one.left_on, last)
        ]
        total += len(set(serving))
    return total
