"""What was decided on paper before the file was kept here: recorded by its number and day, with nothing to be signed.

It counts for whatever counts such steps, as if it had been decided here.
"""

from datetime import date

from portal.cases.actions.breaches import STEPS, becomes
from portal.cases.actions.running import refuse_unless_running
from portal.cases.models import Came, Case, ReviewMeeting, WrittenWarning
from portal.engine.db import db, touch
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.law import approval

STATES = {"hold": "held", "hold_without": "held_without", "not_hold": "not_held"}


def refuse_unless_on_paper(case: Case, field: str, day: date) -> None:
    """Raise Refused, at a field, for a paper of a day on which the file was kept here: what is decided then goes its
    way here, before a second person."""
    refuse_unless_running(case, **{field: day})
    if day >= case.paper_until:
        told = mark("The file is kept here from %(day)s on. What is decided from then on goes its way here.")
        raise Refused(Misfit(field, told, day=case.paper_until))


def record_warning(
    case: Case, violation_id: int, number: str, written_on: date, given_on: date, text: str
) -> WrittenWarning:  # fmt: skip
    """Record a warning that was signed, and given to the person, on paper. Raises Refused for what does not fit."""
    refuse_unless_on_paper(case, "written_on", written_on)
    refuse_unless_on_paper(case, "given_on", given_on)
    breach = next((one for one in case.violations if one.id == violation_id and one.voided_at is None), None)
    if breach is None:
        raise Refused(Misfit("violation_id", mark("This breach is not recorded in the case.")))
    if any(one.violation_id == breach.id and one.stands for one in case.warnings):
        raise Refused(Misfit("violation_id", mark("A warning because of this breach is there already.")))
    if written_on < breach.occurred_on:
        told = mark("The breach happened on %(day)s; nobody is warned of it before that.")
        raise Refused(Misfit("written_on", told, day=breach.occurred_on))
    if given_on < written_on:
        raise Refused(Misfit("given_on", mark("It was signed on %(day)s."), day=written_on))
    warning = WrittenWarning(
        case=case, commune_id=case.commune_id, violation=breach, violation_id=breach.id, written_on=written_on,
        signed_on=written_on, given_on=given_on, text=text, paper_number=number, state="given",
    )  # fmt: skip
    db.session.add(warning)
    touch(case)
    return warning


def record_review(
    case: Case, number: str, paper_on: date, held_on: date, came: Came, told: str, conclusion: str
) -> ReviewMeeting:  # fmt: skip
    """Record a review that was over on paper, as the law of its day calls what came of it.

    Raises Refused for one that was put off: that which was held in its place is recorded.
    """
    refuse_unless_on_paper(case, "held_on", held_on)
    if held_on < paper_on:
        raise Refused(Misfit("held_on", mark("The paper that establishes the breach is of %(day)s."), day=paper_on))
    if not (case.violations or case.fines):
        raise Refused(Plain(mark("Please record the breach first for which the review was held.")))
    review = ReviewMeeting(
        case=case, commune_id=case.commune_id, paper_on=paper_on, planned_on=held_on, location="",
        organiser=approval.chain("review", held_on).decider, held_on=held_on, came=came, paper_number=number,
        absence_reason="" if came == Came.YES else told, statements=told if came == Came.YES else "",
        conclusion=conclusion,
    )  # fmt: skip
    state = STATES.get(STEPS[becomes(review, held_on, came)])
    if state is None:
        put_off = mark("By the law of that day the review was put off. Please record the one that was held later.")
        raise Refused(Misfit("came", put_off))
    review.state = state
    db.session.add(review)
    touch(case)
    return review
