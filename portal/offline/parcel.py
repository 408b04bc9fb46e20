"""What a phone sends at once, read strictly: a program wrote it, so what does not fit was tampered with or damaged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from portal.engine import clock
from portal.engine.intake import MOST_ID
from portal.offline.short import spelled_out

MOST_ITEMS, MOST_NAME, MOST_VALUE = 100, 80, 20_000
MOST_PAIRS = 1_000  # as many parts as a page's form may have: a sheet names every door of a village
MOST_ASKED = 500  # ids of which a phone asks what became of them
MOST_WAITING = 100_000
MOST_STORES = 20  # of owners of one phone
FIRST_YEAR, LAST_YEAR = 1970, 2200  # a phone's clock may say much
PAIR = 2
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TAG = re.compile(r"[A-Za-z0-9_-]{16,64}")
_MOMENT = re.compile(r"[0-9T:.+Z-]{16,40}")


class Unreadable(Exception):
    """What was sent is not what a phone of this portal sends."""


@dataclass(frozen=True)
class Item:
    """One form that was filled in on a phone."""

    id: str
    form: str
    about: int | None
    acting: str  # as whom: the key of a role
    typed: tuple[tuple[str, str], ...]
    phone_said: str  # when, by the clock of the phone
    written_at: datetime  # the same by the portal's clock

    @property
    def values(self) -> MultiDict[str, str]:
        return MultiDict(self.typed)

    def answer(self, name: str) -> str:
        """What was answered in a field that it gives once."""
        return dict(self.typed)[name]


@dataclass(frozen=True)
class Damaged:
    """An item that cannot be read. It blocks no other, and is answered by its id as far as it has one."""

    id: str


@dataclass(frozen=True)
class Parcel:
    """What came in one send: items in the order in which they were written, and what the phone wants to know."""

    tag: str
    waiting: int
    items: tuple[Item | Damaged, ...]
    held: tuple[str, ...]  # items of which it is asked what the chief said
    receipts: tuple[str, ...]  # items that the phone knows to be received, in case a restore has lost them


def read(sent: Any) -> Parcel:
    """Read a parcel. Raises Unreadable where it is none; a damaged item in it is told apart."""
    if not isinstance(sent, dict):
        raise Unreadable
    ahead = ahead_of(sent)
    return Parcel(
        _matching(sent, "phone", _TAG), _number(sent, "waiting", MOST_WAITING),
        tuple(readable(one, ahead) for one in spelled_out(_list(sent, "items", MOST_ITEMS))),
        _ids(sent, "held"), _ids(sent, "receipts"),
    )  # fmt: skip


def stores_in(sent: Any) -> tuple[tuple[str, ...], str, str]:
    """The stores that are on a phone, the name of a new one or of the one that is meant, and whose the phone knows that
    to be, if it does. Raises Unreadable."""
    if not isinstance(sent, dict):
        raise Unreadable
    there = _list(sent, "phones", MOST_STORES)
    if not all(isinstance(one, str) and _TAG.fullmatch(one) for one in there):
        raise Unreadable
    return tuple(there), _matching(sent, "fresh", _TAG), _text(sent, "owner") if "owner" in sent else ""


def ahead_of(sent: Mapping[str, Any]) -> timedelta:
    """How far the portal's clock is ahead of the phone's. Raises Unreadable."""
    return clock.now() - _moment(_text(sent, "clock"))


def tag_of(sent: Any) -> str:
    """What a phone calls itself. Raises Unreadable."""
    return _matching({"phone": sent}, "phone", _TAG)


def id_of(sent: Mapping[str, Any], name: str) -> str:
    """An id that was made on a phone. Raises Unreadable."""
    return _matching(sent, name, _ID)


def named_with_photo(sent: Mapping[str, Any]) -> tuple[str, str, str]:
    """What is said beside a photo: from which phone, under which id, of which text. Raises Unreadable."""
    return tag_of(sent.get("phone")), id_of(sent, "photo"), id_of(sent, "of")


def readable(sent: Any, ahead: timedelta) -> Item | Damaged:
    """An item as it was sent, or as much of it as can be answered."""
    try:
        return _item(sent, ahead)
    except Unreadable:
        named = sent.get("id") if isinstance(sent, dict) else None
        return Damaged(named if isinstance(named, str) and _ID.fullmatch(named) else "")


def _item(sent: Any, ahead: timedelta) -> Item:
    if not isinstance(sent, dict):
        raise Unreadable
    said = _text(sent, "written")
    return Item(
        id=_matching(sent, "id", _ID),
        form=_text(sent, "form"),
        about=None if sent.get("about") is None else _number(sent, "about", MOST_ID),
        acting=_text(sent, "acting"),
        typed=tuple(_pair(one) for one in _list(sent, "typed", MOST_PAIRS)),
        phone_said=said,
        written_at=_moment(said) + ahead,
    )


def _pair(sent: Any) -> tuple[str, str]:
    if not isinstance(sent, list) or len(sent) != PAIR or not all(isinstance(one, str) for one in sent):
        raise Unreadable
    name, value = sent
    if len(name) > MOST_NAME or len(value) > MOST_VALUE:
        raise Unreadable
    return name, value


def _ids(sent: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = _list(sent, name, MOST_ASKED)
    if not all(isinstance(one, str) and _ID.fullmatch(one) for one in found):
        raise Unreadable
    return tuple(found)


def _list(sent: Mapping[str, Any], name: str, most: int) -> list[Any]:
    found = sent.get(name, [])
    if not isinstance(found, list) or len(found) > most:
        raise Unreadable
    return found


def _text(sent: Mapping[str, Any], name: str) -> str:
    found = sent.get(name)
    if not isinstance(found, str) or len(found) > MOST_NAME:
        raise Unreadable
    return found


def _matching(sent: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    found = _text(sent, name)
    if not pattern.fullmatch(found):
        raise Unreadable
    return found


def _number(sent: Mapping[str, Any], name: str, most: int) -> int:
    found = sent.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= most:
        raise Unreadable
    return found


def _moment(text: str) -> datetime:
    """A moment as a phone writes it: with its distance from UTC."""
    if not _MOMENT.fullmatch(text):
        raise Unreadable
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unreadable from error
    if found.tzinfo is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable
    return found
