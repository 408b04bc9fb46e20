"""Recording, afterwards, that an event or a delegation was protected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.organisation.models import Unit
from portal.patrols.models import EventProtection, ProtectionForce


@dataclass(frozen=True)
class Protected:
    occasion: str
    held_on: date
    place: str = ""
    result: str = ""


def record_protection(commune_id: int, facts: Protected, counts: Mapping[Unit, int]) -> EventProtection:
    """Record it. Raises Refused for a day that is still to come, or without anybody who was there."""
    if facts.held_on > clock.today():
        raise Refused(Misfit("held_on", mark("A protection is recorded afterwards. It is never planned here.")))
    if not any(counts.values()):
        first = next(iter(counts))
        raise Refused(Misfit(f"count_{first.id}", mark("Please say how many people were there.")))
    protection = EventProtection(commune_id=commune_id, **vars(facts))
    db.session.add(protection)
    db.session.flush()
    for unit, count in counts.items():
        if count:
            part = ProtectionForce(commune_id=commune_id, unit=unit, unit_id=unit.id, count=count)
            protection.forces.append(part)
    db.session.flush()
    return protection
