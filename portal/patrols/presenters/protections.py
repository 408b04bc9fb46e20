"""The list of protected events: who was there, how it went, and what the reader may strike out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import selectinload

from portal.engine.access import Actor, rights_on
from portal.engine.listing import Listing
from portal.patrols.models import EventProtection, ProtectionForce


@dataclass(frozen=True)
class Row:
    """A protected event, and whether the reader may say that it was entered in error."""

    protection: EventProtection
    forces: str
    may_void: bool


def listing(protections: Select[Any]) -> Listing:
    loaded = selectinload(EventProtection.forces).joinedload(ProtectionForce.unit)
    orders = {"newest": (EventProtection.held_on.desc(),)}
    return Listing(protections, EventProtection, orders=orders, options=(loaded,))


def rows(user: Actor, protections: Sequence[EventProtection]) -> list[Row]:
    """The rows of a page, with one question for the rights on all of them."""
    kept = [one.id for one in protections if one.voided_at is None]
    rights = rights_on(user, EventProtection, kept, ("void",))
    return [Row(one, _forces(one), "void" in rights.get(one.id, ())) for one in protections]


def _forces(protection: EventProtection) -> str:
    return ", ".join(f"{part.unit.title}: {part.count}" for part in protection.forces)
