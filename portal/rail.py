"""The places of the portal that the acting role may open: the rail, the bar of a phone, the tabs of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_login import current_user

from portal.duties.queries import Waiting, waiting
from portal.engine.access import holding
from portal.engine.area import Area, Place

ON_PHONE = 4  # beside "More"
Family = list[tuple[Area, Place]]  # a place of the rail, and its tabs behind it


@dataclass(frozen=True)
class Item:
    label: Any
    url: str
    icon: str
    current: bool
    count: int = 0
    urgent: bool = False


@dataclass(frozen=True)
class Rail:
    groups: list[tuple[Any, list[Item]]]
    bottom: list[Item]
    tabs: list[Item]


def rail(areas: tuple[Area, ...]) -> Rail:
    """What the reader may open, with what waits for them there, and the tabs of the page on which they are."""
    families = _families(_opened(areas))
    found = waiting(current_user, _decisions(areas))
    items = [(family[0][1], _item(family, found)) for family in families]
    return Rail(_grouped(items), [item for one, item in items if one.on_phone][:ON_PHONE], _tabs(families))


def _families(opened: Iterable[tuple[Area, Place]]) -> list[Family]:
    """What stands under one place, with that place before it. Where that is closed, the first of the others leads."""
    found: dict[str, Family] = {}
    for one in opened:
        found.setdefault(one[1].under or one[1].endpoint, []).append(one)
    return [sorted(family, key=lambda one: one[1].under != "") for family in found.values()]


def _opened(areas: tuple[Area, ...]) -> Iterable[tuple[Area, Place]]:
    """The places whose right the acting role holds, or that ask for none."""
    holds = holding(current_user)
    for area in areas:
        for place in area.places:
            record, action = place.right or (None, "")
            if record is None or holds(action, record):
                yield area, place


def _decisions(areas: tuple[Area, ...]) -> frozenset[str]:
    """The rules whose duties somebody else waits for, long before their day."""
    return frozenset(rule.id for area in areas for rule in _rules(area) if rule.decision)


def _rules(area: Area) -> list[Any]:
    return [rule for source in area.duty_sources for rule in source.rules]


def _item(family: Family, found: dict[str, Waiting]) -> Item:
    """A place is lit on its tabs too. Home counts what is due in all rooms, another place what waits in its own."""
    place = family[0][1]
    here = any(one.lit_on(request.endpoint or "") for _area, one in family)
    asked = sum(_asked(area, one, found) for area, one in family)
    count, urgent = _due(found.values()) if place.endpoint == "home.show" else (asked, False)
    return Item(place.label, url_for(place.endpoint), place.icon, here, count, urgent)


def _due(found: Iterable[Waiting]) -> tuple[int, bool]:
    listed = list(found)
    return sum(one.due for one in listed), any(one.overdue for one in listed)


def _asked(area: Area, place: Place, found: dict[str, Waiting]) -> int:
    if place is not area.places[0]:
        return 0
    return sum(found[rule.id].asked for rule in _rules(area) if rule.id in found)


def _tabs(families: Iterable[Family]) -> list[Item]:
    """The pages of a place, where it has several and one of them is shown."""
    here = request.endpoint
    family = next((one for one in families if len(one) > 1 and any(here == place.endpoint for _area, place in one)), [])
    return [Item(one.label, url_for(one.endpoint), one.icon, one.endpoint == here) for _area, one in family]


def _grouped(items: Iterable[tuple[Place, Item]]) -> list[tuple[Any, list[Item]]]:
    groups: dict[Any, list[Item]] = {}
    for place, item in items:
        groups.setdefault(place.group, []).append(item)
    return list(groups.items())
