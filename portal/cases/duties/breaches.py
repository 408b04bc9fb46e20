"""What follows from breaches of duty: a warning is signed and given, a review is proposed and held, prison proposed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from portal.cases import conduct
from portal.cases.duties.rules import PROPOSE, chief
from portal.cases.duties.summonses import no_show
from portal.cases.duties.term_changes import second_person
from portal.cases.duties.wanting import of_law, owner_of, wanted
from portal.cases.models import ANSWER, Case, ReviewMeeting, Summons, WrittenWarning
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.workflow import steps_of
from portal.law.asking import asked
from portal.law.rule import Ground

WITHOUT_LIMIT = timedelta(days=15)  # our own policy, where the law calls for a step and names no day
LOOKING_BACK = timedelta(days=365)
STOPPED = ("rejected", "withdrawn")


def of_breaches(case: Case) -> Iterator[Wanted]:
    """The review that the law calls for, or the revocation; who asked for it has done what was owed."""
    known = conduct.events(case)
    if not known:
        return
    if missed := conduct.no_show(case, clock.today()):
        yield from _absent_twice(case, missed)
        return
    ground, last = conduct.revocation_ground(case, clock.today()), known[-1]
    revoking = REVOCATIONS.get(case.type)
    if ground is not None and revoking is not None:
        rule, kind = revoking
        yield _to_propose(case, rule, last, ground, kind, last.on + ANSWER)
        return
    since = clock.today() - LOOKING_BACK
    first = next((call for call in conduct.calls(case) if call.event.on >= since), None)
    if first is None:
        return
    due = next(iter(asked(case.regime.review, first.event.on)), None)
    if due is None:
        yield _to_propose(case, "REVIEW", first.event, first.ground, "review", first.event.on + WITHOUT_LIMIT)
    else:
        yield of_law(case, due, "REVIEW", key=first.event.key, **_proposed(case, "review", first.event.on))


REVOCATIONS = {"suspended_sentence": ("REVOKE", "revocation"), "conditional_release": ("CANCEL", "parole_revocation")}


def _absent_twice(case: Case, missed: Summons) -> Iterator[Wanted]:
    """Prison without a review, within the working days of the law after the time to appear."""
    on = missed.missed_on
    for due in no_show(missed)[1:]:
        yield of_law(case, due, PROPOSE, key=f"s{missed.id}", **_proposed(case, "revocation", on or due.due_on))


def _to_propose(case: Case, rule: str, event: conduct.Event, ground: Ground, kind: str, due_on: date) -> Wanted:
    """A step that the law calls for without naming a day: the day is ours."""
    return wanted(
        case, rule, due_on, key=event.key, source=ground.source, confirmed=False, **_proposed(case, kind, event.on)
    )


def _proposed(case: Case, kind: str, since: date) -> dict[str, Any]:
    """Done once a proposal of the kind went its way after an event, and was not stopped."""
    sent = [
        one for one in case.proposals
        if one.kind == kind and one.state not in STOPPED and one.submitted_on and one.submitted_on >= since
    ]  # fmt: skip
    return {"done_on": sent[0].submitted_on, "done_by_id": sent[0].created_by_id} if sent else {}


def of_warning(warning: WrittenWarning) -> Iterator[Wanted]:
    """Somebody else than its author signs it; then the officer gives it to the person."""
    if warning.voided_at or warning.paper_number or not warning.case.running:
        return
    steps = {step.name: step for step in steps_of(warning)}
    answer = steps.get("sign") or steps.get("refuse")
    due_on = clock.day_of(warning.created_at) + ANSWER
    if answer:
        yield Wanted("SIGN-WARNING", "", due_on, chief, done_on=clock.day_of(answer.at), done_by_id=answer.by_id)
    else:
        yield Wanted("SIGN-WARNING", "", due_on, *second_person(warning))
    if signed := steps.get("sign"):
        given = steps.get("give")
        done: dict[str, Any] = {"done_on": warning.given_on, "done_by_id": given.by_id} if given else {}
        yield Wanted("GIVE-WARNING", "", clock.day_of(signed.at) + ANSWER, **owner_of(warning.case), **done)


def of_review(review: ReviewMeeting) -> Iterator[Wanted]:
    """By the last day of the law or, where it names none, on the day for which it was planned."""
    if review.voided_at or review.paper_number or not review.case.running:
        return
    again = review.due_again
    due_on = again.due_on if again else review.hold_by or review.planned_on
    source = again.source if again else review.source
    done: dict[str, Any] = {"done_on": review.held_on, "done_by_id": review.changed_by_id} if review.over else {}
    yield Wanted(
        "HOLD-REVIEW", "again" if again else "", due_on, **owner_of(review.case), source=source,
        opens_on=min(review.planned_on, due_on), confirmed=again is not None or review.hold_by is not None, **done,
    )  # fmt: skip
