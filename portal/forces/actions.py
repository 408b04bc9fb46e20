"""What people do with hotlines: publish one, change it. It is taken off by `engine.voiding`, with the reason."""

from dataclasses import dataclass

from portal.engine.db import db
from portal.forces.models import Hotline


@dataclass(frozen=True)
class Number:
    """What is published of a number."""

    name: str
    phone: str
    purpose: str
    position: int


def publish(commune_id: int, number: Number) -> Hotline:
    hotline = Hotline(commune_id=commune_id, **vars(number))
    db.session.add(hotline)
    db.session.flush()
    return hotline


def change(hotline: Hotline, number: Number) -> None:
    for name, value in vars(number).items():
        setattr(hotline, name, value)
