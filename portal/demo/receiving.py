"""How a person of the example is received: called where the law wants it, received in a session, and planned for."""

from collections.abc import Iterator
from datetime import date, time
from functools import partial

from portal.cases.actions import receiving as sessions
from portal.cases.actions import summoning
from portal.cases.models import SummonsOutcome, SummonsPurpose
from portal.demo import acts, words_of_law, working_days
from portal.demo.course import CALLED, EXCUSED, Course
from portal.demo.deeds import Deed, Scene, on
from portal.demo.way import propose
from portal.engine import clock
from portal.law.community import ReceptionItem
from portal.law.rule import ACT_2025
from portal.proposals.kinds.supervision_plan.model import SupervisionPlanProposal

APPEAR_AT, BEGUN_AT, CLOSED_AT = time(8, 30), time(8, 30), time(10, 15)
PLACE, BEFORE = "Trụ sở Công an xã", "Trụ sở UBND xã"  # until 30/06/2026 people were called to the committee
PLANNED = 2  # working days after the reception


def receiving(course: Course) -> Iterator[Deed]:
    if not course.received_by_police:
        return
    file, officer = course.file, course.file.officer
    if course.summoned:
        yield from _called(course)
    yield on(course.reception_on, 11, officer, partial(receive, file.code))
    if file.received_on >= ACT_2025 and "COM-PLAN" in course.regime.PARAMETERS.rules:
        yield from _planned(course)


def _called(course: Course) -> Iterator[Deed]:
    """Called to the reception; whoever was ill on the day is called once more."""
    code, officer = course.file.code, course.file.officer
    appear_on = working_days.after(course.accepted_on, CALLED)
    yield on(course.accepted_on, 10, officer, partial(call, code, appear_on))
    if code in EXCUSED:
        yield on(appear_on, 16, officer, partial(excuse, code))
        yield on(working_days.after(appear_on), 9, officer, partial(call, code, course.reception_on))


def _planned(course: Course) -> Iterator[Deed]:
    key, (officer, chief, _chair) = f"{course.file.code}/plan", course.people
    proposed_on = working_days.after(course.reception_on, PLANNED)
    written = partial(plan, key, course.last_on, words_of_law.TASKS, words_of_law.PLAN)
    yield on(proposed_on, 9, officer, written)
    yield on(course.plan_decided_on, 10, chief, partial(acts.take, key, "approve"))


def _place() -> str:
    return PLACE if clock.today() >= ACT_2025 else BEFORE


def call(code: str, appear_on: date, scene: Scene) -> None:
    summoning.summon(scene.case(code, "record"), SummonsPurpose.RECEPTION, appear_on, APPEAR_AT, _place())


def excuse(code: str, scene: Scene) -> None:
    """Write down that whoever was called did not come, for a good reason."""
    called = next(one for one in scene.case(code, "record").summonses if one.waits)
    summoning.record_outcome(called, SummonsOutcome.EXCUSED, clock.today(), words_of_law.ILL)


def receive(code: str, scene: Scene) -> None:
    case = scene.case(code, "record")
    session = sessions.Session(
        clock.today(), tuple(ReceptionItem), BEGUN_AT, CLOSED_AT, _place(),
        participants=words_of_law.PRESENT.format(scene.actor.full_name), statements=words_of_law.SAID,
    )  # fmt: skip
    sessions.receive(case, session, scene.actor)


def plan(key: str, ends_on: date, tasks: str, reason: str, scene: Scene) -> None:
    """The plan of one person, from when the file came to the last day."""
    case = scene.case(key.partition("/")[0], "propose")
    content = {
        "starts_on": max(case.received_on, case.starts_on), "ends_on": ends_on, "officer_id": case.owner_id,
        "summary": words_of_law.SUMMARY, "partners": words_of_law.PARTNERS, "tasks": tasks,
    }  # fmt: skip
    propose(key, SupervisionPlanProposal, reason, content, scene)
