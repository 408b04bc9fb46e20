"""Which duties observations make: to look at what came in, and to confirm what was handed over."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from portal.duties.rules import DutyRule, Source, Wanted, of_force
from portal.engine import clock
from portal.engine.text import _l
from portal.engine.workflow import Step, steps_of
from portal.incidents.models import CONFIRM_WITHIN, Observation
from portal.incidents.queries import police_of
from portal.organisation.models import Role

ANSWER = timedelta(days=2)  # our own policy: what somebody saw does not lie about

RULES = (
    DutyRule(
        "LOOK-AT-OBSERVATION", _l("Look at an observation"), _l("%(number)s: take it on or close it"),
        _l("Take it on"), "observations.show", Role.POLICE_CHIEF, ((Role.COMMUNE_LEADER, 5),),
    ),
    DutyRule(
        "CONFIRM-RECEIPT", _l("Confirm what was handed over"), _l("%(number)s: confirm the receipt"),
        _l("Confirm the receipt"),
        "observations.show", Role.POLICE_CHIEF, ((Role.COMMUNE_LEADER, 3),), told=True,
    ),
)  # fmt: skip


def of_observation(observation: Observation) -> Iterator[Wanted]:
    if observation.voided_at:
        return
    told: dict[str, Any] = {"values": {"number": observation.number}}
    steps = steps_of(observation)
    yield _look(observation, steps[0] if steps else None, **told)
    handed = observation.handed
    if handed and (observation.waits_for_receipt or observation.confirmed):
        yield of_force(
            handed.unit, "CONFIRM-RECEIPT", str(handed.unit_id), clock.day_of(handed.at + CONFIRM_WITHIN),
            on_call=True, due_at=handed.at + CONFIRM_WITHIN,
            done_on=clock.day_of(handed.receipt_at) if handed.receipt_at else None, done_by_id=handed.receipt_by_id,
            **told,
        )  # fmt: skip


def _look(observation: Observation, first: Step | None, **told: Any) -> Wanted:
    """The police look at it; once another force has confirmed that it came, that force does, with days of its own."""
    done = {"done_on": clock.day_of(first.at), "done_by_id": first.by_id} if first else {}
    came, told = observation.came_before(first.at if first else None), {"on_call": True, **done, **told}
    if came and came.receipt_at:
        return of_force(came.unit, "LOOK-AT-OBSERVATION", "", clock.day_of(came.receipt_at) + ANSWER, **told)
    due_on = clock.day_of(observation.created_at) + ANSWER
    return _of_police(observation.commune_id, "LOOK-AT-OBSERVATION", "", due_on, **told)


def _of_police(commune_id: int, rule: str, key: str, due_on: date, **more: Any) -> Wanted:
    """What the police of the commune owe; their chief, whoever that comes to be, where there is no such unit yet."""
    police = police_of(commune_id)
    if police is None:
        return Wanted(rule, key, due_on, Role.POLICE_CHIEF, **more)
    return of_force(police, rule, key, due_on, **more)


def called(observation: Observation) -> str:
    """Where it was: its number tells nobody which one it is."""
    return observation.place or observation.number


SOURCES = (Source(Observation, RULES, of_observation, called=called),)
