"""Where each figure stands in the report: sections, and in them figures, some as a part of the one above."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.cases import indicators as cases
from portal.documents import indicators as documents
from portal.drugs import indicators as drugs
from portal.engine.indicators import Indicator
from portal.engine.text import _l
from portal.forces import indicators as forces
from portal.households import indicators as pledges
from portal.incidents import indicators as incidents
from portal.meetings import indicators as meetings
from portal.movement import indicators as movement
from portal.outreach import indicators as outreach
from portal.patrols import indicators as patrols
from portal.prevention import indicators as prevention
from portal.profile import indicators as profile


@dataclass(frozen=True)
class Line:
    """A figure of a section; *part* of the figure above it."""

    indicator: Indicator
    part: bool = False


@dataclass(frozen=True)
class Section:
    id: str
    title: Any
    lines: tuple[Line, ...]


def _under(first: Indicator, *parts: Indicator) -> tuple[Line, ...]:
    """A figure with its parts."""
    return (Line(first), *(Line(one, part=True) for one in parts))


def _pairs(*pairs: tuple[Indicator, Indicator]) -> tuple[Line, ...]:
    """Incidents and their subjects, the first pair with the others as its parts."""
    first, *parts = pairs
    return (*(Line(one) for one in first), *(Line(one, part=True) for pair in parts for one in pair))


OUTLINE: tuple[Section, ...] = (
    Section("tips", _l("Tips from the people"), (Line(incidents.VALUABLE_TIPS),)),
    Section(
        "security",
        _l("Security and order"),
        (
            *_pairs(incidents.SECURITY),
            *_pairs(incidents.OF_POLICE, incidents.ADMINISTRATIVE, incidents.DRUG_USE, incidents.FIREWORKS),
            *_pairs(incidents.OF_OTHERS, incidents.POSSESSION),
            Line(incidents.METHAMPHETAMINE),
        ),
    ),
    Section("traffic", _l("Traffic accidents"), _under(*incidents.TRAFFIC)),
    Section("fires", _l("Fires and explosions"), _under(*incidents.FIRE)),
    Section("labour", _l("Labour accidents"), _under(*incidents.LABOUR)),
    Section("tip_boxes", _l("Tip boxes"), _under(*incidents.BOXES)),
    Section(
        "profile",
        _l("The commune"),
        (
            Line(profile.VILLAGES),
            Line(profile.HOUSEHOLDS),
            Line(profile.MINORITY_HOUSEHOLDS, part=True),
            Line(profile.RELIGIOUS_HOUSEHOLDS, part=True),
            Line(profile.PERSONS),
            Line(profile.MINORITY_PERSONS, part=True),
            Line(profile.MINORITY_SHARE, part=True),
            Line(profile.RELIGIOUS_PERSONS, part=True),
        ),
    ),
    Section("documents", _l("Directives"), (Line(documents.DIRECTIVES_ISSUED),)),
    Section(
        "outreach",
        _l("Outreach"),
        (
            Line(outreach.SESSIONS),
            Line(outreach.ATTENDANCE, part=True),
            Line(outreach.REACH),
            Line(outreach.LEAFLETS),
            Line(outreach.BANNERS),
        ),
    ),
    Section(
        "community",
        _l("Sentences served in the community"),
        (
            Line(cases.RECEIVED),
            Line(cases.SERVING),
            *(Line(one, part=True) for one in cases.SERVING_BY_TYPE),
            Line(cases.SELF_REPORTS),
            Line(cases.LAW_VIOLATIONS),
        ),
    ),
    Section(
        "patrols",
        _l("Patrols"),
        (
            Line(patrols.ORDER),
            Line(patrols.WITH_VIOLATIONS, part=True),
            Line(patrols.BORDER),
            Line(patrols.BORDER_WITH_VIOLATIONS, part=True),
        ),
    ),
    Section(
        "pledges",
        _l("Pledges"),
        (
            Line(pledges.DRUG_FREE),
            Line(pledges.FIRE_SAFETY),
            Line(pledges.FIRE_SAFETY_OF_ESTABLISHMENTS),
            Line(pledges.FIREWORKS),
        ),
    ),
    Section(
        "teams",
        _l("Security teams of the villages"),
        (
            Line(forces.SECURITY_VILLAGES),
            Line(forces.SECURITY_MEMBERS, part=True),
            Line(forces.PEOPLE_SECURITY_VILLAGES),
            Line(forces.PEOPLE_SECURITY_MEMBERS, part=True),
            Line(forces.STRENGTHENED_VILLAGES),
            Line(forces.STRENGTHENED_MEMBERS, part=True),
            Line(forces.CIVIL_DEFENCE_TEAMS),
            Line(forces.CIVIL_DEFENCE_MEMBERS, part=True),
            Line(forces.FIRE_VILLAGES),
            Line(forces.FIRE_MEMBERS, part=True),
        ),
    ),
    Section(
        "drugs",
        _l("Drugs: review, tests, fines, management"),
        (
            Line(drugs.LISTED),
            Line(drugs.TESTED),
            Line(drugs.POSITIVE, part=True),
            Line(drugs.NEGATIVE, part=True),
            Line(drugs.FINED),
            Line(drugs.FINES_VND),
            Line(cases.MANAGEMENT_DECISIONS),
        ),
    ),
    Section("weapons", _l("Weapons handed over"), tuple(Line(one) for one in prevention.INDICATORS)),
    Section("cameras", _l("Cameras"), (Line(forces.NEW_CAMERAS), Line(forces.CAMERAS))),
    Section("movement", _l("Models and commendations"), tuple(Line(one) for one in movement.INDICATORS)),
    Section("reintegration", _l("Reintegration after prison"), (Line(cases.MANAGED),)),
    Section("coordination", _l("Coordination of the forces"), tuple(Line(one) for one in meetings.INDICATORS)),
)

# What stands large over a table of figures: the first four of these that are there.
HEADLINES = (
    "incidents.security.cases", "incidents.security.persons", "incidents.traffic.cases", "cases.community.serving",
    "cases.community.received", "pledges.drug_free.households", "patrols.order.count", "reintegration.managed",
)  # fmt: skip
MOST_HEADLINES = 4


def headlines(there: Any) -> list[str]:
    """Which figures stand large where some are there."""
    return [name for name in HEADLINES if name in there][:MOST_HEADLINES]


def ordered() -> Iterator[Indicator]:
    """All figures in the order of the report."""
    for section in OUTLINE:
        for line in section.lines:
            yield line.indicator


def named(id: str) -> Indicator | None:
    return next((one for one in ordered() if one.id == id), None)
