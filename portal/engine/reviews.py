"""What a room has to tell of half a year or a year: a declaration, like a contribution to an agenda.

The page of the review asks it of the period and of the same days a year before, and stands the two beside each other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from portal.engine.agenda import Told
from portal.engine.indicators import Period


@dataclass(frozen=True)
class ByForce:
    """Something counted for each force: by the id of the unit that stands for it today."""

    label: Any
    counts: Mapping[int, int]


@dataclass(frozen=True)
class Named:
    """Things that are told by name, as points that nobody passed. Never people."""

    label: Any
    names: Sequence[str]
    opens: str = ""  # the page that tells more


@dataclass(frozen=True)
class Reviewed:
    """What was found of one period. The figures are the same ones, in the same order, for every period."""

    figures: Sequence[Told] = ()
    named: Sequence[Named] = ()
    by_force: Sequence[ByForce] = field(default_factory=tuple)


@dataclass(frozen=True)
class ReviewSource:
    """Where it comes from. *right*: a record type and an action; only whoever holds it reads what it tells, on the page
    of a review as on an agenda. *label* is a marked text.
    """

    id: str
    label: str
    order: int
    tell: Callable[[Period], Reviewed]
    right: tuple[type[Any], str] | None = None


def review_sources() -> list[ReviewSource]:
    """All that the rooms declare, in their order."""
    found = [source for area in current_app.extensions["areas"] for source in area.reviews]
    return sorted(found, key=lambda source: (source.order, source.id))
