"""The places of the portal that the acting role may open: the rail, the bar of a phone, the tabs of a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_login import current_user

from portal.duties.queries import Waiting, waiting
from portal.engine.access import holds
from portal.engine.area import Area, Place

ON_PHONE = 4  # beside "More"


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
    opened = [(area, place) for area in areas for place in area.places if _open(place)]
    places = {place.endpoint: place for _area, place in opened}
    families = {place.endpoint: [place] for _area, place in opened if place.under not in places}
    for _area, place in opened:
        if place.under in places:
            families[_head(place, places).endpoint].append(place)
    found = waiting(current_user, _decisions(areas))
    items = [(one, _item(one, families[one.endpoint], area, found)) for area, one in opened if one.endpoint in families]
    return Rail(_grouped(items), [item for one, item in items if one.on_phone][:ON_PHONE], _tabs(families.values()))


def _head(place: Place, places: Mapping[str, Place]) -> Place:
    """The place of the rail whose tab it is: what is under a tab is a tab beside it."""
    above = places.get(place.under)
    return _head(above, places) if above else place


def _open(place: Place) -> bool:
    return place.right is None or holds(current_user, place.right[1], place.right[0])


def _decisions(areas: tuple[Area, ...]) -> frozenset[str]:
    """The rules whose duties somebody else waits for, long before their day."""
    return frozenset(rule.id for area in areas for rule in _rules(area) if rule.decision)


def _rules(area: Area) -> list[Any]:
    return [rule for source in area.duty_sources for rule in source.rules]


def _item(place: Place, family: list[Place], area: Area, found: dict[str, Waiting]) -> Item:
    """A place is lit on its tabs too. Home counts what is due in all rooms, another place what waits in its own."""
    here = any(one.lit_on(request.endpoint or "") for one in family)
    count, urgent = _due(found.values()) if place.endpoint == "home.show" else (_asked(area, place, found), False)
    return Item(place.label, url_for(place.endpoint), place.icon, here, count, urgent)


def _due(found: Iterable[Waiting]) -> tuple[int, bool]:
    listed = list(found)
    return sum(one.due for one in listed), any(one.overdue for one in listed)


def _asked(area: Area, place: Place, found: dict[str, Waiting]) -> int:
    if place is not area.places[0]:
        return 0
    return sum(found[rule.id].asked for rule in _rules(area) if rule.id in found)


def _tabs(families: Iterable[list[Place]]) -> list[Item]:
    """The pages of a place, where it has several and one of them is shown."""
    here = request.endpoint
    family = next((one for one in families if len(one) > 1 and any(here == place.endpoint for place in one)), [])
    return [Item(one.label, url_for(one.endpoint), one.icon, one.endpoint == here) for one in family]


def _grouped(items: Iterable[tuple[Place, Item]]) -> list[tuple[Any, list[Item]]]:
    groups: dict[Any, list[Item]] = {}
    for place, item in items:
        groups.setdefault(place.group, []).append(item)
    return list(groups.items())
