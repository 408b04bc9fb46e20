"""Breaches of duty in the example, and what followed from them by the law of their days, up to prison."""

from collections.abc import Iterator
from datetime import date, time
from functools import partial

from portal.cases.actions import breaches, ending, record_violation
from portal.cases.models import Came, Case, HoldGround, Violation, ViolationKind, WrittenWarning
from portal.cases.papers.called import residence
from portal.demo import registering, working_days
from portal.demo import words_of_law as words
from portal.demo.course import Course
from portal.demo.deeds import Deed, Scene, on
from portal.demo.story import day
from portal.demo.way import People, propose, way
from portal.engine import access, clock
from portal.law.fines import Offence
from portal.proposals import court
from portal.proposals.kinds.fine.model import FineProposal
from portal.proposals.kinds.parole_revocation.model import ParoleRevocationProposal
from portal.proposals.kinds.review.model import ReviewProposal
from portal.proposals.kinds.revocation.model import RevocationProposal
from portal.proposals.models import CourtAnswer, Proposal

PLACE, AT = "Trụ sở Công an xã", time(8, 30)
FINE_VND = 3_500_000  # the middle of the band
COURT = "TAND khu vực"


def prison_after_all(course: Course) -> Iterator[Deed]:
    """Warned, reviewed, warned again, and still away: the prison term of a suspended sentence is served."""
    code, people = course.file.code, course.people
    yield from _minutes(code, people, day("06/11/2025"), words.AWAY, deliberate=False)
    yield from _warned(code, people, day("10/11/2025"))
    yield from _minutes(code, people, day("10/07/2026"), words.AWAY_AGAIN)
    yield from _reviewed(code, people, day("13/07/2026"), day("16/07/2026"))
    yield from _warned(code, people, day("17/07/2026"))
    yield from _minutes(code, people, day("11/08/2026"), words.AWAY_STILL)
    sent_on = day("13/08/2026")
    yield from _sent_up(f"{code}/prison", "revocation", RevocationProposal, words.TO_PRISON, sent_on, people)
    yield on(sent_on, 16, people[0], partial(hold, code))
    yield on(course.last_on, 14, people[0], partial(end_hold, code))
    yield from _court_agrees(course, f"{code}/prison", day("15/09/2026"), "27/2026/QĐ-THA")


def release_cancelled(course: Course) -> Iterator[Deed]:
    """Reviewed and fined for the first breach; for the second one the court cancelled the release."""
    code, people = course.file.code, course.people
    yield from _minutes(code, people, day("04/12/2025"), words.AWAY)
    yield from _reviewed(code, people, day("08/12/2025"), day("12/12/2025"))
    yield on(day("09/12/2025"), 11, people[0], partial(fine, f"{code}/fine", day("04/12/2025")))
    yield from way(f"{code}/fine", "fine_above_ceiling", day("09/12/2025"), people)  # more than the chief may sign
    yield from _minutes(code, people, day("09/07/2026"), words.AWAY_AGAIN)
    key, sent_on = f"{code}/cancel", day("13/07/2026")
    yield from _sent_up(key, "parole_revocation", ParoleRevocationProposal, words.CANCELLED, sent_on, people)
    yield from _court_agrees(course, key, day("07/08/2026"), "12/2026/QĐ-TA")


def breach_of_these_weeks(code: str, people: People, recorded_on: date, warned_on: date) -> Iterator[Deed]:
    """The report of the month is missing: minutes, and a warning that waits for the chief."""
    yield on(recorded_on, 9, people[0], partial(record, code, words.NO_REPORT, words.DUTY_REPORT, False))
    yield on(warned_on, 15, people[0], partial(draft_warning, code))


def _minutes(code: str, people: People, on_day: date, text: str, *, deliberate: bool = True) -> Iterator[Deed]:
    yield on(on_day, 9, people[0], partial(record, code, text, words.DUTY_AWAY, deliberate))


def _warned(code: str, people: People, drafted_on: date) -> Iterator[Deed]:
    """Drafted by the officer, signed by the chief on the next working day, given on the one after."""
    officer, chief, _chair = people
    yield on(drafted_on, 14, officer, partial(draft_warning, code))
    yield on(working_days.after(drafted_on), 9, chief, partial(sign_warning, code))
    yield on(working_days.after(drafted_on, 2), 9, officer, partial(give_warning, code))


def _reviewed(code: str, people: People, asked_on: date, held_on: date) -> Iterator[Deed]:
    key, officer = f"{code}/review", people[0]
    content = {"planned_on": held_on, "planned_at": AT, "location": PLACE, "invited": words.INVITED}
    yield on(asked_on, 9, officer, partial(propose, key, ReviewProposal, words.REVIEWED, content))
    yield from way(key, "review", asked_on, people, told=False)
    yield on(held_on, 16, officer, partial(hold_review, code))


def _sent_up(
    key: str, row: str, kind: type[Proposal], reason: str, sent_on: date, people: People
) -> Iterator[Deed]:  # fmt: skip
    yield on(sent_on, 9, people[0], partial(propose, key, kind, reason, {"evidence": words.EVIDENCE}))
    yield from way(key, row, sent_on, people)


def _court_agrees(course: Course, key: str, decided_on: date, number: str) -> Iterator[Deed]:
    """Recorded on the day on which the person left for prison, and compared by the chief: the case is closed."""
    officer, chief, _chair = course.people
    yield on(course.last_on, 15, officer, partial(record_answer, key, decided_on, number))
    yield on(course.last_on, 16, chief, partial(confirm_answer, key))


def record(code: str, text: str, duty: str, deliberate: bool, scene: Scene) -> None:
    """Draw up the minutes of a breach of today."""
    case = scene.case(code, "record")
    record_violation(
        case, ViolationKind.DUTY, clock.today(), clock.today(), text, deliberate=deliberate,
        duty=duty, location=residence(case, case.commune), happened_at=AT, statement=words.ADMITS,
        witness=words.WITNESS,
        missing_report=clock.today().replace(day=1) if duty == words.DUTY_REPORT else None,
    )  # fmt: skip


def draft_warning(code: str, scene: Scene) -> None:
    case = scene.case(code, "record")
    breaches.draft_warning(case, _last_breach(case).id, clock.today(), words.WARNED)


def _last_breach(case: Case) -> Violation:
    return next(one for one in reversed(case.violations) if one.is_ground)


def _warning(code: str, to: str, scene: Scene) -> WrittenWarning:
    case = scene.case(code, "read")
    found = access.find(scene.actor, to, WrittenWarning, case.warnings[-1].id)
    if found is None:
        raise LookupError(f"{scene.actor.username} may not {to} the warning of {code} on {clock.today()}.")
    return found


def sign_warning(code: str, scene: Scene) -> None:
    """Signed, and its page registered within the same hour."""
    warning = _warning(code, "sign", scene)
    warning.workflow.take("sign", warning, scene.actor)


def give_warning(code: str, scene: Scene) -> None:
    warning = _warning(code, "record", scene)
    if warning.document is not None:
        registering.issue(warning.document, scene.actor)
    breaches.give_warning(warning, scene.actor, clock.today(), words.HANDED)


def hold_review(code: str, scene: Scene) -> None:
    case = scene.case(code, "record")
    planned = next(one for one in case.reviews if one.waits)
    told = {"attendees": words.INVITED, "statements": words.HEARD, "conclusion": words.CONCLUDED}
    breaches.conclude_review(planned, scene.actor, clock.today(), Came.YES, **told)


def fine(key: str, committed_on: date, scene: Scene) -> None:
    case = scene.case(key.partition("/")[0], "propose")
    content = {
        "offence": Offence.LEAVE, "committed_on": committed_on, "amount_vnd": FINE_VND,
        "violation_id": _last_breach(case).id, "milder": False, "milder_reason": "", "deviation": "", "test_id": None,
        "incident_id": None, "minutes_number": "12/BB-VPHC", "minutes_on": committed_on,
    }  # fmt: skip
    propose(key, FineProposal, words.FINED, content, scene)


def hold(code: str, scene: Scene) -> None:
    ending.hold_certificate(scene.case(code, "record"), HoldGround.REVOCATION, clock.today(), words.HELD_BACK)


def end_hold(code: str, scene: Scene) -> None:
    held = next(one for one in scene.case(code, "record").holds if one.runs)
    ending.end_hold(held, clock.today(), words.HELD_UNTIL)


def record_answer(key: str, decided_on: date, number: str, scene: Scene) -> None:
    court.record_answer(
        scene.proposal(key, "answer"), body=COURT, paper_number=number, decided_on=decided_on, accepted=True,
        leaves_on=clock.today(),
    )  # fmt: skip


def confirm_answer(key: str, scene: Scene) -> None:
    recorded = scene.proposal(key).answers[-1]
    answer = access.find(scene.actor, "confirm", CourtAnswer, recorded.id)
    if answer is None:
        raise LookupError(f"{scene.actor.username} may not confirm the answer to {key} on {clock.today()}.")
    answer.workflow.take("confirm", answer, scene.actor)
