"""What somebody holds by name, room by room, and how it comes to somebody else's hands when they leave."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from portal.engine.db import Kept
from portal.engine.refusal import Reason


@dataclass(frozen=True)
class Passing:
    """Who hands over to whom, who has it done, and why."""

    giver: Any
    taker: Any
    by: Any
    reason: str


@dataclass(frozen=True)
class Held:
    """One thing that somebody holds. *told* is a marked text that names it, with *values*: a number or a day, never a
    supervised person, since the minutes outlive the right to read. *many*: how many it stands for, told as one."""

    record: Kept
    told: str
    values: Mapping[str, Any] = field(default_factory=dict)
    many: int = 1


@dataclass(frozen=True)
class Holding:
    """A kind of thing that somebody holds by name, as a room declares it.

    *held* tells all of it of a user in a commune, the oldest first. *endpoint* with *arguments* of the user is the list
    of it, or *page* the one of a single record. *goes* says in a sentence what becomes of it.
    *pass_on* hands one over, in a transaction that somebody else has opened; *against* says why one cannot go to the
    *taker* (or to anybody, while none is named), and is asked first. It takes the right *pass_on* on the record. One
    that *asks* is not the successor's before they have accepted. Without *pass_on* it stays where it is, and *goes*
    says why, and what is done instead; or it *follows* a record that goes.
    """

    id: str
    label: Any
    held: Callable[[Any, int], Sequence[Held]]
    goes: Any
    pass_on: Callable[[Any, Passing], None] | None = None
    against: Callable[[Any, Any], Reason | None] = lambda _record, _taker: None
    asks: bool = False
    follows: bool = False
    endpoint: str = ""
    arguments: Callable[[Any], Mapping[str, Any]] = lambda _user: {}
    page: str = ""


def counted(user: Any, commune_id: int) -> list[tuple[Any, int]]:
    """How many of each kind somebody holds in a commune; kinds of which there are none are left out."""
    found = ((one.label, sum(held.many for held in one.held(user, commune_id))) for one in holdings())
    return [(label, count) for label, count in found if count]


def holdings() -> Sequence[Holding]:
    """What the rooms declare, in their order."""
    return [one for area in current_app.extensions["areas"] for one in area.holdings]
