"""What people do with observations: note them down, hand them over, confirm that they came."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from portal.engine import audit, clock
from portal.engine.db import db, touch
from portal.engine.numbering import next_number
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.incidents.models import HandOver, Observation, Source
from portal.organisation.models import Unit, User, line_of
from portal.organisation.queries import force_of


@dataclass(frozen=True)
class Seen:
    """What was seen or heard, where and when."""

    source: Source
    happened_on: date
    happened_at: time | None
    village: Unit | None
    place: str
    text: str


def note_down(commune_id: int, seen: Seen, patrol: Any = None) -> Observation:
    """Note an observation down, of a patrol where it was made on one.

    Raises Refused for a day or hour to come, and for a day on which the patrol was not out.
    """
    if seen.happened_on > clock.today():
        raise Refused(Misfit("happened_on", mark("The day lies in the future.")))
    if seen.happened_at and clock.at(seen.happened_on, seen.happened_at) > clock.now():
        raise Refused(Misfit("happened_at", mark("This hour is still to come.")))
    if patrol is not None and seen.happened_on not in patrol.span.days:
        raise Refused(Misfit("happened_on", mark("%(number)s was not out on that day."), number=patrol.number))
    observation = Observation(
        commune_id=commune_id, number=_next_number(commune_id), source=seen.source, happened_on=seen.happened_on,
        happened_at=seen.happened_at, village=seen.village, place=seen.place, text=seen.text,
        patrol=patrol, patrol_id=patrol.id if patrol else None,
    )  # fmt: skip
    db.session.add(observation)
    db.session.flush()
    return observation


def _next_number(commune_id: int) -> str:
    prefix = f"QS-{clock.today().year}-"
    return next_number(Observation.number, prefix, Observation.commune_id.in_(line_of(commune_id)))


def hand_over(observation: Observation, unit: Unit, by: User) -> HandOver:
    """Hand an observation over to a force, which has yet to confirm it.

    Raises Refused once it did or the observation is closed, and where the force is one's own or was asked already.
    """
    own = force_of(by.acting) if by.acting else None
    _refuse_hand_over(observation, unit, own)
    handed = HandOver(
        observation=observation, commune_id=observation.commune_id, from_unit_id=own.id if own else None, unit=unit,
        unit_id=unit.id, at=clock.now(),
    )  # fmt: skip
    db.session.add(handed)
    observation.handed_to, observation.handed_to_id = unit, unit.id
    db.session.flush()
    audit.note("hand_over_observation", observation)
    return handed


def _refuse_hand_over(observation: Observation, unit: Unit, own: Unit | None) -> None:
    if observation.state == "closed":
        raise Refused(Plain(mark("The observation is closed.")))
    if observation.state == "incident":
        raise Refused(Plain(mark("It is written down as an incident already.")))
    if observation.handed and observation.confirmed:
        raise Refused(Plain(mark("%(name)s has it and has confirmed it."), name=observation.handed.unit.title))
    if own is not None and own.heir_id == unit.heir_id:
        raise Refused(Misfit("unit_id", mark("This is your own force, which has it: please choose another one.")))
    if observation.handed and observation.handed.unit.heir_id == unit.heir_id:
        raise Refused(Misfit("unit_id", mark("%(name)s was asked already and has yet to confirm it."), name=unit.title))


def confirm_receipt(observation: Observation, by: User) -> None:
    """Confirm that it came to the force that it was handed to."""
    handed = observation.handed
    if handed is None or not observation.waits_for_receipt:
        raise Refused(Plain(mark("The receipt was confirmed before.")))
    handed.receipt_by_id, handed.receipt_at = by.id, clock.now()
    touch(observation)
    audit.note("confirm_receipt", observation)
