"""The management of drug users in the example: decided on a test, by whose decision the law of the day wants."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from portal.cases.models import ClosingReason
from portal.demo import acts, words_of_law, working_days
from portal.demo.course import Course
from portal.demo.deeds import Deed, Scene, on
from portal.demo.story import File
from portal.demo.way import People, propose
from portal.drugs.models import DrugTest
from portal.engine import access, clock
from portal.law import approval
from portal.law.drug_use import StopGround
from portal.people.actions import change_person
from portal.proposals import actions as proposals
from portal.proposals.kinds.drug_end.model import DrugEndProposal
from portal.proposals.kinds.drug_stop.model import DrugStopProposal

ROW = "drug_user_management"
Way = Iterator[Deed]


def decided(course: Course) -> Way:
    """Proposed on the result of the test; the chief decides within a day, the chair did within working days."""
    file, officer, key = course.file, course.file.officer, f"{course.file.code}/decide"
    endorsed = approval.chain(ROW, file.starts_on).endorser
    asked_on = working_days.before(file.starts_on) if endorsed else file.starts_on
    yield on(asked_on, 17 if endorsed else 9, officer, partial(ask, key, file))
    yield from _decided(key, file.starts_on, 10, course.people)
    yield on(file.starts_on, 15, officer, partial(acts.take, key, "communicate"))
    yield on(course.accepted_on, 8, officer, partial(acts.accept, file.code, "officer"))


def ended(course: Course) -> Way:
    """After the year or, where a ground of the law came first, stopped on its day."""
    file, officer, key, last_on = course.file, course.file.officer, f"{course.file.code}/end", course.last_on
    if file.ends_early:
        yield on(last_on, 8, officer, partial(stop, key, last_on))
        yield from _decided(key, last_on, 15, course.people)
    else:
        yield on(course.handed_over_on, 9, officer, partial(end, key, last_on))
        yield from _decided(key, last_on, 15, course.people)
    yield on(last_on, 16, officer, partial(acts.take, key, "communicate"))


def _decided(key: str, day: date, hour: int, people: People) -> Way:
    """Endorsed where the law asks for it, and decided on a day."""
    _officer, chief, chair = people
    chain = approval.chain(ROW, day)
    if chain.endorser:
        yield on(day, hour - 1, chief, partial(acts.take, key, "endorse"))
    yield on(day, hour, chair if chain.decider == approval.CHAIR else chief, partial(acts.take, key, "approve"))


def ask(key: str, file: File, scene: Scene) -> None:
    """Ask for the management of somebody whose test was positive; the case waits beside it."""
    test = access.find(scene.actor, "edit", DrugTest, scene.tests[file.code])
    if test is None:
        raise LookupError(f"{scene.actor.username} may not propose on the test of {file.code} on {clock.today()}.")
    change_person(test.person, acts.person_facts(file, scene))
    proposal = proposals.propose_management(
        test, scene.actor, words_of_law.MANAGE, officer_id=scene.people[file.officer], homeless=False
    )
    scene.cases[file.code] = proposal.case.id
    acts.submit(key, proposal, scene)


def end(key: str, ended_on: date, scene: Scene) -> None:
    content = {"ended_on": ended_on, "closing_reason": ClosingReason.COMPLETED}
    propose(key, DrugEndProposal, words_of_law.MANAGED, content, scene)


def stop(key: str, stopped_on: date, scene: Scene) -> None:
    content = {"stopped_on": stopped_on, "ground": StopGround.ADDICTED, "evidence": words_of_law.DETERMINED_PAPER}
    propose(key, DrugStopProposal, words_of_law.ADDICTED, content, scene)
