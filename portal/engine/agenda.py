"""What a room has to say at a meeting: a declaration, like an indicator. The room of meetings puts them together.

Texts are asked for in the language of papers; a figure says where it opens, so that nobody retypes or believes it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flask import current_app

from portal.engine.db import Kept
from portal.engine.indicators import Indicator, Period
from portal.engine.text import say

PARTS = ("chair", "police", "military", "border")


class Told(NamedTuple):
    """A figure of a contribution. *opens* is the id of the indicator behind it, a page by its endpoint with what it is
    asked for (`patrols.index?show=made`), or nothing."""

    label: Any
    value: Any
    opens: str = ""


@dataclass(frozen=True)
class Contribution:
    """Something to be told or decided. With a *subject* it is an item of its own, whose outcome returns to that record;
    without one it goes into the report of the force. A *restricted* one is read by those whom it concerns.

    It never names a person: whoever may open the subject finds the name there.

    *title* is a marked text and *values* what it names, so that each reads it in their language; all else is told in
    that of papers.
    """

    title: str
    text: Any = ""
    figures: Sequence[tuple[Any, Any, str]] = ()
    subject: Kept | None = None
    restricted: bool = False
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        return titled(self.title, self.values)


def titled(title: str, values: Mapping[str, str]) -> str:
    """A marked title in the language that is spoken; so is what it names, where that is a marked text too."""
    return say(title, **{name: say(value) if value else "" for name, value in values.items()})


@dataclass(frozen=True)
class Hearing(Period):
    """The days that are told of; *heard_by*: the record that hears of them."""

    heard_by: Kept


@dataclass(frozen=True)
class AgendaSource:
    """Where contributions come from: *part* says whose turn it is, *order* their place within it.

    *contributions* is asked of the period or, where it matters who hears it, of the `Hearing`.
    """

    id: str
    label: Any
    part: str
    order: int
    contributions: Callable[[Hearing], Iterable[Contribution]]


def agenda_sources() -> list[AgendaSource]:
    """All that the rooms declare, in the order in which they are heard."""
    found = [source for area in current_app.extensions["areas"] for source in area.agenda]
    return sorted(found, key=lambda source: (PARTS.index(source.part), source.order, source.id))


def counted(indicator: Indicator, period: Period) -> Told:
    """An indicator's value as a figure that opens its records."""
    return Told(indicator.label, indicator.value(period), indicator.id)


def subject_of(subject_type: str) -> tuple[type[Kept], str] | None:
    """The record type of that name with the endpoint of its page, as its room says it."""
    known = {
        kind.__tablename__: (kind, page) for area in current_app.extensions["areas"] for kind, page in area.subjects
    }
    return known.get(subject_type)


def is_indicator(name: str) -> bool:
    """Whether a figure is an indicator of a room, so that the reports can open its records."""
    return any(one.id == name for area in current_app.extensions["areas"] for one in area.indicators)
