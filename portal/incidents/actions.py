"""What people do with observations: note them down, hand them over, confirm that they came."""

from dataclasses import dataclass
from datetime import date, time

from portal.engine import audit, clock
from portal.engine.db import Record, db
from portal.engine.numbering import next_number
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.incidents.models import Observation, Source
from portal.organisation.models import Unit, User


@dataclass(frozen=True)
class Seen:
    """What was seen or heard, where and when."""

    source: Source
    happened_on: date
    happened_at: time | None
    village: Unit | None
    place: str
    text: str


def note_down(commune_id: int, seen: Seen, patrol: Record | None = None) -> Observation:
    """Note an observation down, of a patrol where it was made on one."""
    if seen.happened_on > clock.today():
        raise Refused(Misfit("happened_on", mark("The day lies in the future.")))
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
    return next_number(Observation.number, prefix, Observation.commune_id == commune_id)


def hand_over(observation: Observation, unit: Unit) -> None:
    """Hand an observation over to a force, which has yet to confirm it. Raises Refused once it did, or is closed."""
    if observation.state == "closed":
        raise Refused(Plain(mark("The observation is closed.")))
    if observation.receipt_at is not None:
        raise Refused(Plain(mark("%(name)s has it and has confirmed it."), name=_name(observation.handed_to)))
    if observation.handed_to is not None and observation.handed_to.heir_id == unit.heir_id:
        raise Refused(Misfit("unit_id", mark("%(name)s was asked already and has yet to confirm it."), name=unit.title))
    observation.handed_to, observation.handed_to_id, observation.handed_at = unit, unit.id, clock.now()
    audit.note("hand_over_observation", observation)


def confirm_receipt(observation: Observation, by: User) -> None:
    """Confirm that it came to the force that it was handed to."""
    if not observation.waits_for_receipt:
        raise Refused(Plain(mark("The receipt was confirmed before.")))
    observation.receipt_by_id, observation.receipt_at = by.id, clock.now()
    audit.note("confirm_receipt", observation)


def _name(unit: Unit | None) -> str:
    return unit.title if unit else ""
