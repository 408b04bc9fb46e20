"""Where each figure stands in the report: sections, and in them figures, some as a part of the one above."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.cases import indicators as cases
from portal.documents import indicators as documents
from portal.engine.indicators import Indicator
from portal.engine.text import _l
from portal.forces import indicators as forces
from portal.households import indicators as pledges
from portal.meetings import indicators as meetings
from portal.outreach import indicators as outreach
from portal.patrols import indicators as patrols
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


OUTLINE: tuple[Section, ...] = (
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
    Section("cameras", _l("Cameras"), (Line(forces.NEW_CAMERAS), Line(forces.CAMERAS))),
    Section("reintegration", _l("Reintegration after prison"), (Line(cases.MANAGED),)),
    Section("coordination", _l("Coordination of the forces"), tuple(Line(one) for one in meetings.INDICATORS)),
)

HEADLINES: tuple[Indicator, ...] = (cases.SERVING, cases.RECEIVED, cases.SELF_REPORTS, cases.MANAGED)


def ordered() -> Iterator[Indicator]:
    """All figures in the order of the report."""
    for section in OUTLINE:
        for line in section.lines:
            yield line.indicator


def named(id: str) -> Indicator | None:
    return next((one for one in ordered() if one.id == id), None)
