"""Which duties a patrol makes: to set out, to write the log, to countersign, to write it again, to close."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

from portal.duties.rules import DutyRule, Source, Wanted, of_force
from portal.engine import clock
from portal.engine.presentation import day_in_margin
from portal.engine.text import _l
from portal.engine.workflow import Step, steps_of
from portal.organisation.models import Role, Unit
from portal.patrols.models import PATROL_KIND_NAMES, SIGN_WITHIN, Outcome, Patrol, PatrolLog
from portal.patrols.workflow import STANDS

CLOSE_WITHIN = timedelta(days=7)  # our own policy
NEXT_DAY = timedelta(days=1)
chief, leader = Role.POLICE_CHIEF, Role.COMMUNE_LEADER

RULES = (
    DutyRule("PATROL-SET-OUT", _l("Set out on a planned patrol"), _l("%(number)s: the patrol sets out at %(hour)s"),
             _l("Open the patrol"), "patrols.show", chief),
    DutyRule("PATROL-NOT-STARTED", _l("A patrol did not set out"),
             _l("%(number)s: not started half an hour after %(hour)s"), _l("Look what happened"), "patrols.show",
             chief, ((leader, 1),)),
    DutyRule("PATROL-TO-LOG", _l("Write the log of a patrol"), _l("%(number)s: write the log"), _l("Write the log"),
             "patrols.log", chief, ((leader, 3),)),
    DutyRule("COUNTERSIGN", _l("Countersign the log of a patrol"), _l("%(number)s: your force has not answered yet"),
             _l("Read and sign"), "patrols.show", chief, ((leader, 3),), decision=True),
    DutyRule("PATROL-LEFT-OUT", _l("Answer to a log that leaves the force out"),
             _l("%(number)s: the log says that your force took no part"), _l("Read and answer"), "patrols.show",
             chief, decision=True),
    DutyRule("PATROL-LOG-AGAIN", _l("Write a disputed log again"),
             _l("%(number)s: the log was disputed and is to be written again"), _l("Write it again"), "patrols.show",
             chief, ((leader, 3),)),
    DutyRule("PATROL-CLOSE", _l("Close a patrol that recommended something"),
             _l("%(number)s: countersigned, with a recommendation"), _l("Read and close"), "patrols.show", leader),
)  # fmt: skip


def of_patrol(patrol: Patrol) -> Iterator[Wanted]:
    if patrol.voided_at or patrol.state == "cancelled":
        return
    steps = steps_of(patrol)
    told: dict[str, Any] = {"values": {"number": patrol.number, "hour": _hour(patrol)}}
    yield from _before_the_log(patrol, steps, told)
    for log in patrol.logs:
        yield from _signatures(patrol, log, told)
    yield from _left_out(patrol, told)
    yield from _disputes(patrol, told)
    yield from _closing(patrol, steps, told)


def _hour(patrol: Patrol) -> str:
    return patrol.planned_start_at.astimezone(clock.VIETNAM).strftime("%H:%M")


def _before_the_log(patrol: Patrol, steps: Any, told: dict[str, Any]) -> Iterator[Wanted]:
    day = patrol.planned_day
    begun = _named(steps, "start") or _named(steps, "log")
    done = _done(begun.at, begun.by_id) if begun else {}
    owing = _owing(patrol)
    for key, unit in owing.items():
        yield of_force(unit, "PATROL-SET-OUT", key, day, **done, **told)
    if patrol.late_told_at:
        for force in patrol.signing:
            yield of_force(force.unit, "PATROL-NOT-STARTED", str(force.unit_id), day, on_call=True, **done, **told)
    logged = patrol.logs[0] if patrol.logs else None
    done = _done(logged.logged_at, logged.logged_by_id) if logged else {}
    ended = clock.day_of(patrol.ends_at)
    opens = None if done else ended
    for key, unit in owing.items():
        yield of_force(unit, "PATROL-TO-LOG", key, ended + NEXT_DAY, opens_on=opens, **done, **told)


def _owing(patrol: Patrol) -> Mapping[str, Unit]:
    """Who sets out and writes the log, by the key of the duty: the force that planned it; where that one sends nobody
    any more, each of the others, since they alone may."""
    lead = patrol.force_of(patrol.leading_unit)
    if (lead and lead.takes_part) or not patrol.signing:
        return {"": patrol.leading_unit}
    return {str(force.unit_id): force.unit for force in patrol.signing}


def _signatures(patrol: Patrol, log: PatrolLog, told: dict[str, Any]) -> Iterator[Wanted]:
    """One for each force but the one that wrote the log; what was disputed is asked of nobody any more."""
    answers = {one.unit_id: one for one in log.signatures}
    for force in patrol.signing:
        answer = answers.get(force.unit_id)
        if answer and answer.outcome == Outcome.LOGGED:
            continue
        done = _done(answer.at, answer.by_id) if answer else {}
        if answer or (log.number == patrol.log_number and patrol.state == "logged"):
            yield of_force(force.unit, "COUNTERSIGN", f"{log.number}:{force.unit_id}", log.answer_by, **done, **told)


def _left_out(patrol: Patrol, told: dict[str, Any]) -> Iterator[Wanted]:
    """One for each force that the log leaves out, for as long as it is waited for: then the log stands without it."""
    log = patrol.log
    if log is None:
        return
    answers = {one.unit_id: one for one in log.signatures}
    unheard = patrol.unheard if patrol.state == "logged" else []
    for force in patrol.written_out:
        answer = answers.get(force.unit_id)
        done = _done(answer.at, answer.by_id) if answer else {}
        if answer or force in unheard:
            key = f"{log.number}:{force.unit_id}"
            yield of_force(force.unit, "PATROL-LEFT-OUT", key, log.answer_by, **done, **told)


def _disputes(patrol: Patrol, told: dict[str, Any]) -> Iterator[Wanted]:
    """A disputed log is written again by the force that wrote it; the next log says when."""
    for log, after in zip_longest(patrol.logs, patrol.logs[1:]):
        if log.dispute:
            done = _done(after.logged_at, after.logged_by_id) if after else {}
            due = clock.day_of(log.dispute.at) + SIGN_WITHIN
            yield of_force(log.logged_for, "PATROL-LOG-AGAIN", str(log.number), due, **done, **told)


def _closing(patrol: Patrol, steps: Any, told: dict[str, Any]) -> Iterator[Wanted]:
    """Where the log stands, also after it was corrected, and recommends something."""
    stood = [step for step in steps if step.name in STANDS]
    closed = _named(steps, "close")
    if stood and patrol.recommendation and patrol.state != "logged":
        done = _done(closed.at, closed.by_id) if closed else {}
        yield Wanted("PATROL-CLOSE", "", clock.day_of(stood[-1].at) + CLOSE_WITHIN, leader, **done, **told)


def _done(at: datetime, by_id: int | None) -> dict[str, Any]:
    return {"done_on": clock.day_of(at), "done_by_id": by_id}


def _named(steps: Any, name: str) -> Step | None:
    return next((step for step in steps if step.name == name), None)


def called(patrol: Patrol) -> str:
    """ "Order patrol 27/11": its number tells nobody which one it is."""
    return f"{PATROL_KIND_NAMES[patrol.kind]} {day_in_margin(patrol.day)}"


SOURCES = (Source(Patrol, RULES, of_patrol, called=called),)
