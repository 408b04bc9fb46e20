"""What a room offers the house."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint

from portal.engine.db import Kept
from portal.engine.indicators import Indicator


@dataclass(frozen=True)
class Place:
    """An entry of the rail: shown to whoever holds the right behind it.

    It is lit on its own page, on those that *also* names and, where it is the index of a room, on all of the room's.
    """

    label: Any
    endpoint: str
    icon: str
    right: tuple[type[Any], str] | None = None
    group: Any = None
    on_phone: bool = False
    arguments: Mapping[str, str] = field(default_factory=dict)  # further values of the address
    also: tuple[str, ...] = ()

    def lit_on(self, endpoint: str) -> bool:
        room, _dot, page = self.endpoint.partition(".")
        return endpoint in (self.endpoint, *self.also) or (page == "index" and endpoint.startswith(f"{room}."))


@dataclass(frozen=True)
class Area:
    """A room's table of contents: its records, pages, figures, duties. Nothing happens when it is imported."""

    name: str
    records: tuple[type[Kept], ...] = ()
    blueprints: tuple[Blueprint, ...] = ()
    places: tuple[Place, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    duty_sources: tuple[Any, ...] = ()
    quick: tuple[Place, ...] = ()  # entries of Home's quick recording
    subjects: tuple[tuple[type[Kept], str], ...] = ()  # a record type and the endpoint of its page
