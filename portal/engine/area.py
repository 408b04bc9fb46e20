"""What a room offers the house."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint

from portal.engine.agenda import AgendaSource
from portal.engine.db import Kept
from portal.engine.doctor import Check
from portal.engine.holdings import Holding
from portal.engine.indicators import Indicator
from portal.engine.jobs import Job
from portal.engine.notices import NoticeKind
from portal.engine.offers import Offer
from portal.engine.refusal import Reason
from portal.engine.reviews import ReviewSource
from portal.engine.sync import PhoneForm
from portal.law.days_off import DaysOff

Follow = Callable[[Sequence[tuple[str, Kept]]], None]  # is given each deed by name, and the record that it was done to


@dataclass(frozen=True)
class LastLook:
    """The reasons against a step that cost too much to be asked for each page that offers it."""

    of: type[Kept]
    step: str
    reasons: Callable[[Any], Sequence[Reason]]


@dataclass(frozen=True)
class Place:
    """An entry of the rail: shown to whoever holds the right behind it.

    It is lit on its own page, on those that *also* names and, where it is the index of a room, on all of the room's.
    A place *under* another is a tab of its page. To whom that page is closed the first of its tabs stands for it.
    """

    label: Any
    endpoint: str
    icon: str
    right: tuple[type[Any], str] | None = None
    group: Any = None
    on_phone: bool = False
    arguments: Mapping[str, str] = field(default_factory=dict)  # further values of the address
    also: tuple[str, ...] = ()
    under: str = ""  # the endpoint of the other place

    def lit_on(self, endpoint: str) -> bool:
        room, _dot, page = self.endpoint.partition(".")
        return endpoint in (self.endpoint, *self.also) or (page == "index" and endpoint.startswith(f"{room}."))


@dataclass(frozen=True)
class Papers:
    """Papers that a room owes the register: *missing* tells the ids of the records that lack one, *enter* enters those
    of one record and tells how many."""

    of: type[Kept]
    missing: Callable[[], Iterable[int]]
    enter: Callable[[Any], int]


@dataclass(frozen=True)
class Area:
    """A room's table of contents: its records, pages, figures, duties. Nothing happens when it is imported."""

    name: str
    records: tuple[type[Kept], ...] = ()
    blueprints: tuple[Blueprint, ...] = ()
    places: tuple[Place, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    duty_sources: tuple[Any, ...] = ()
    notices: tuple[NoticeKind, ...] = ()
    jobs: tuple[Job, ...] = ()
    last_looks: tuple[LastLook, ...] = ()  # what is asked of a record once somebody takes a step with it
    follows: tuple[Follow, ...] = ()  # what the room does after deeds of any room, in the same transaction
    papers: tuple[Papers, ...] = ()  # which of its papers the register lacks
    checks: tuple[Check, ...] = ()  # what the doctor asks
    quick: tuple[Place, ...] = ()  # entries of Home's quick recording
    subjects: tuple[tuple[type[Kept], str], ...] = ()  # a record type and the endpoint of its page
    offers: tuple[Offer, ...] = ()  # what it lets somebody begin at another room's record
    agenda: tuple[AgendaSource, ...] = ()  # what the room has to say at a meeting
    holdings: tuple[Holding, ...] = ()  # what of its records somebody holds by name, and how it changes hands
    reviews: tuple[ReviewSource, ...] = ()  # what it has to tell of half a year or a year
    reckoned: tuple[Any, ...] = ()  # records whose days follow from the law: they move where a number of it changes
    days_off: Callable[[int | None], DaysOff] | None = None  # the table of a commune, of the one room that keeps it
    books: tuple[Any, ...] = ()  # kinds of entries that have the pages, the search and the sheet of a book
    wordings: tuple[Any, ...] = ()  # papers whose sentences a commune may word otherwise
    phone_forms: tuple[PhoneForm, ...] = ()  # which of its forms work on a phone without signal
