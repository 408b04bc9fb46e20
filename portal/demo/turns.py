"""Files of the example that take a turn: a move, a death, custody, a shortening that the court refused."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from portal.cases import undone
from portal.cases.actions import change_person_of, custody, dying, ending, moving, reform
from portal.cases.models import Death, Receiver
from portal.demo import acts, breaking
from portal.demo import words_of_law as words
from portal.demo.course import Course
from portal.demo.deeds import Deed, Scene, on
from portal.demo.story import day
from portal.demo.way import propose, way
from portal.duties.actions import renew_touched
from portal.engine import access, clock
from portal.engine.db import db
from portal.law.moving import MoveGround
from portal.proposals import actions as proposals
from portal.proposals import court
from portal.proposals.kinds.residence_change.change import Reach
from portal.proposals.kinds.residence_change.model import ResidenceChangeProposal
from portal.proposals.kinds.shortening.grounds import Ground
from portal.proposals.kinds.transfer.model import TransferProposal

ROUND_ON, MONTHS = date(2026, 4, 30), 3
INCOME_VND, TAKEN_VND, HOURS = 6_000_000, 300_000, 4


def moved(course: Course) -> Iterator[Deed]:
    """Asked for, decided by the agency, and the file handed over to the commune of another province."""
    code, people, officer = course.file.code, course.people, course.file.officer
    key, asked_on = f"{code}/move", day("02/03/2026")
    yield on(asked_on, 9, officer, partial(ask_to_move, key))
    yield from way(key, "residence_change", asked_on, people)
    told = {"told_on": day("04/03/2026"), "agreed_on": None, "decided_on": None, "granted": None, "decision": ""}
    yield on(day("04/03/2026"), 16, officer, partial(record_steps, code, told))
    decided = {"agreed_on": day("12/03/2026"), "decided_on": day("17/03/2026"), "granted": True}
    yield on(day("17/03/2026"), 16, officer, partial(record_steps, code, told | decided | {"decision": "64/QĐ-CAT"}))
    key = f"{code}/transfer"
    content = {"moves_to": words.MOVES_TO, "receiving_id": None}
    yield on(day("18/03/2026"), 9, officer, partial(propose, key, TransferProposal, words.GOES_ALONG, content))
    yield from way(key, "transfer", day("18/03/2026"), people, told=False)
    yield on(course.last_on, 15, officer, partial(leave_undone, code))
    yield on(course.last_on, 16, officer, partial(hand_to_commune, code))


def died(course: Course) -> Iterator[Deed]:
    """Recorded by the officer, confirmed by the chief by the extract, reported, and ended by the court."""
    code, (officer, chief, _chair) = course.file.code, course.people
    known_on = day("29/01/2026")
    yield on(known_on, 9, officer, partial(record_death, code, course.last_on))
    yield on(known_on, 14, chief, partial(confirm_death, code))
    reported = {"reported_on": day("30/01/2026"), "court_told_on": None, "decided_on": None, "decision": ""}
    yield on(day("30/01/2026"), 15, officer, partial(follow_death, code, reported))
    ended = {"court_told_on": day("03/02/2026"), "decided_on": day("05/02/2026"), "decision": "05/2026/QĐ-TA"}
    yield on(day("09/02/2026"), 9, officer, partial(follow_death, code, reported | ended))


def held_for_a_week(course: Course) -> Iterator[Deed]:
    """In custody for a week, which suspends the management of a drug user since the act of 2025."""
    code, officer, since = course.file.code, course.file.officer, day("10/08/2026")
    yield on(day("11/08/2026"), 9, officer, partial(record_custody, code, since, None))
    yield on(day("18/08/2026"), 9, officer, partial(record_custody, code, since, day("17/08/2026")))


def shortening_refused(course: Course) -> Iterator[Deed]:
    """Proposed at half of the term, returned once by the chair, sent up, and refused by the court."""
    code, (officer, chief, chair) = course.file.code, course.people
    key = f"{code}/shorter"
    yield on(day("25/03/2026"), 9, officer, partial(ask_to_shorten, key))
    yield on(day("26/03/2026"), 10, chief, partial(acts.take, key, "endorse"))
    yield on(day("27/03/2026"), 10, chair, partial(return_with_remark, key))
    yield on(day("01/04/2026"), 9, officer, partial(acts.take, key, "submit"))
    yield from way(key, "shortening", day("01/04/2026"), course.people)
    yield on(day("08/05/2026"), 9, officer, partial(record_no, key, day("05/05/2026"), "31/2026/QĐ-TA"))
    yield on(day("08/05/2026"), 14, chief, partial(breaking.confirm_answer, key))


def birth_corrected(course: Course) -> Iterator[Deed]:
    """The full date of birth, by the certificate: another compares it."""
    code, (officer, chief, _chair) = course.file.code, course.people
    born = date(course.file.born, 8, 20)
    yield on(day("10/03/2026"), 9, officer, partial(ask_birth, code, born))
    yield on(day("11/03/2026"), 9, chief, partial(confirm_birth, code))


def out_of_work(course: Course) -> Iterator[Deed]:
    """Something of the income was taken each month; then the work was lost, and some done for the community."""
    code, officer = course.file.code, course.file.officer
    for taken_on in ("10/03/2026", "10/04/2026", "11/05/2026"):
        yield on(day(taken_on), 10, officer, partial(take_of_income, code))
    yield on(day("05/06/2026"), 9, officer, partial(lose_work, code))
    for worked_on in ("23/06/2026", "25/06/2026"):
        yield on(day(worked_on), 16, officer, partial(work_for_all, code))


BESIDE: Mapping[str, Callable[[Course], Iterator[Deed]]] = {  # what happened to a file while it ran
    "SS-04": shortening_refused, "SS-05": birth_corrected, "DM-07": held_for_a_week,
    "NCR-01": out_of_work,
}  # fmt: skip
ENDED: Mapping[str, Callable[[Course], Iterator[Deed]]] = {  # by what a file ended otherwise than by its last day
    "SS-10": breaking.prison_after_all, "PAR-06": breaking.release_cancelled, "SS-11": moved, "NCR-02": died,
}  # fmt: skip


def turns(course: Course) -> Iterator[Deed]:
    for told in (BESIDE, ENDED):
        if happened := told.get(course.file.code):
            yield from happened(course)


def ask_to_move(key: str, scene: Scene) -> None:
    content = {
        "reach": Reach.OTHER_PROVINCE, "ground": MoveGround.FAMILY, "asked_on": clock.today(),
        "holds_from": day("20/03/2026"), "moves_to": words.MOVES_TO, "address": "", "village_id": None,
        "evidence": words.MOVE_EVIDENCE,
    }  # fmt: skip
    propose(key, ResidenceChangeProposal, words.MOVES, content, scene)


def record_steps(code: str, told: Mapping[str, Any], scene: Scene) -> None:
    moving.record_steps(scene.case(code, "record"), **told)


def leave_undone(code: str, scene: Scene) -> None:
    """Say what of the file stays undone here: the duties of the day are asked for first, as a page would show them."""
    case = scene.case(code, "record")
    renew_touched([case])
    db.session.flush()
    late = [one.id for one in undone.open_duties(case) if one.due_on < clock.today()]
    ending.leave_undone(case, late, words.LEFT)


def hand_to_commune(code: str, scene: Scene) -> None:
    case = scene.case(code, "record")
    moving.hand_over(case, Receiver.COMMUNE, clock.today(), words.NEW_POLICE, words.FILE, words.NEW_OFFICER)


def record_death(code: str, died_on: date, scene: Scene) -> None:
    dying.record_death(scene.case(code, "record"), died_on, clock.today(), words.DEATH_PAPER)


def _death(code: str, to: str, scene: Scene) -> Death:
    found = access.find(scene.actor, to, Death, scene.case(code, "read").deaths[-1].id)
    if found is None:
        raise LookupError(f"{scene.actor.username} may not {to} the death in {code} on {clock.today()}.")
    return found


def confirm_death(code: str, scene: Scene) -> None:
    death = _death(code, "confirm", scene)
    death.workflow.take("confirm", death, scene.actor)


def follow_death(code: str, told: Mapping[str, Any], scene: Scene) -> None:
    dying.record_what_followed(_death(code, "follow", scene), **told)


def record_custody(code: str, since: date, released_on: date | None, scene: Scene) -> None:
    custody.record_custody(
        scene.case(code, "record"), scene.actor, since, released_on, words.CUSTODY_PAPER, held_by=words.HELD_AT,
        informed_on=since, informed=words.LEARNT,
    )  # fmt: skip


def take_of_income(code: str, scene: Scene) -> None:
    reform.record_deduction(scene.case(code, "record"), clock.today(), INCOME_VND, TAKEN_VND)


def lose_work(code: str, scene: Scene) -> None:
    reform.record_job_loss(scene.case(code, "record"), clock.today())


def work_for_all(code: str, scene: Scene) -> None:
    reform.record_work_day(scene.case(code, "record"), clock.today(), HOURS)


def ask_to_shorten(key: str, scene: Scene) -> None:
    case = scene.case(key.partition("/")[0], "propose")
    asked = proposals.propose_shortening(case, Ground.CONDUCT, ROUND_ON, MONTHS, words.EFFORT,
                                         answer_to_doubts=words.EFFORT)  # fmt: skip
    acts.submit(key, asked, scene)


def return_with_remark(key: str, scene: Scene) -> None:
    proposals.send_back(scene.proposal(key), scene.actor, words.BY_HAND, {"months": words.REMARK})


def record_no(key: str, decided_on: date, number: str, scene: Scene) -> None:
    court.record_answer(
        scene.proposal(key, "answer"), body=breaking.COURT, paper_number=number, decided_on=decided_on, accepted=False,
        note=words.NOT_YET, months=None, printed_ends_on=None,
    )  # fmt: skip


def ask_birth(code: str, born: date, scene: Scene) -> None:
    case = scene.case(code, "edit_person")
    change_person_of(case, {"birth_date": born, "birth_year": born.year}, words.BORN)


def confirm_birth(code: str, scene: Scene) -> None:
    asked = next(one for one in scene.case(code, "read").birth_corrections if one.waits)
    asked.workflow.take("confirm", asked, scene.actor)
