"""What the law asks of these weeks in the example: a warning to sign, a plan to decide on, a request to answer."""

from collections.abc import Iterator
from functools import partial

from portal.demo import breaking, receiving, working_days
from portal.demo import words_of_law as words
from portal.demo.deeds import Deed, Scene, on
from portal.demo.today import Today
from portal.engine import access, clock
from portal.law.rule import ACT_2025
from portal.people.models import Asker, Person, Proof, RequestKind
from portal.privacy import actions

NOTED, ASKED = 3, 4  # working days after the report was due; before today


def these_weeks(today: Today) -> Iterator[Deed]:
    yield from warning_that_waits(today)
    yield from plan_that_waits(today)
    yield from request_that_waits(today)


def warning_that_waits(today: Today) -> Iterator[Deed]:
    """Whoever did not hand in the report of this month: minutes, and a warning drafted on the last working day."""
    for course, due in today.owing[:1]:
        noted_on, drafted_on = working_days.after(due.due_on, NOTED), working_days.before(today.day)
        if noted_on <= drafted_on:
            yield from breaking.breach_of_these_weeks(course.file.code, course.people, noted_on, drafted_on)


def plan_that_waits(today: Today) -> Iterator[Deed]:
    """A plan that takes the place of the one that holds, and waits for the chief."""
    planned = [
        one for one in today.running()
        if one.received_by_police and one.file.received_on >= ACT_2025 and one.plan_decided_on < today.day
    ]  # fmt: skip
    for course in planned[:1]:
        key = f"{course.file.code}/plan-anew"
        anew = partial(receiving.plan, key, course.last_on, words.MORE_TASKS, words.PLAN_ANEW)
        yield on(working_days.before(today.day), 16, course.file.officer, anew)


def request_that_waits(today: Today) -> Iterator[Deed]:
    """Somebody asks what is kept of them, and who saw it: the chief answers."""
    for course in today.running()[:1]:
        yield on(working_days.before(today.day, ASKED), 9, course.file.officer, partial(ask, course.file.code))


def ask(code: str, scene: Scene) -> None:
    case = scene.case(code, "take_request")
    person = access.find(scene.actor, "take_request", Person, case.person_id)
    if person is None:
        raise LookupError(f"{scene.actor.username} may not take a request of {code} on {clock.today()}.")
    facts = {"asked_on": clock.today(), "asker": Asker.SELF, "proof": Proof.CARD}
    actions.take_request(person, RequestKind.EXTRACT, case.commune, facts)
