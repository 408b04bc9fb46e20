"""What people do about a breach: warn in writing, hold the review, or write down why none was held."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.cases import conduct
from portal.cases.actions.recording import record_violation
from portal.cases.actions.running import refuse_unless_running
from portal.cases.models import Came, Case, ReviewMeeting, Violation, ViolationKind, WrittenWarning
from portal.engine.access import Actor
from portal.engine.db import db, touch
from portal.engine.presentation import day, told
from portal.engine.refusal import Misfit, Plain, Reason, Refused
from portal.engine.text import _, as_on_paper, mark
from portal.law import common
from portal.law.common import ReviewWithout


# ── the written warning ─────────────────────────────────────────────────────────────────────────────────────────────
def draft_warning(case: Case, violation_id: int, written_on: date, text: str) -> WrittenWarning:
    """Draft a warning because of a breach, also of one from before the file came here; the chief signs it.

    Raises Refused for any other breach.
    """
    refuse_unless_running(case, written_on=written_on)
    known = (one for one in conduct.breaches_of(case) if one.id == violation_id and one.voided_at is None)
    breach = next(known, None)
    if breach is None:
        raise Refused(Misfit("violation_id", mark("This breach is not recorded in the case.")))
    if written_on < breach.recorded_on:
        told_ = mark("The breach was recorded on %(day)s; nobody is warned of it before that.")
        raise Refused(Misfit("written_on", told_, day=breach.recorded_on))
    if breach not in conduct.unwarned(case):
        raise Refused(Misfit("violation_id", mark("A warning because of this breach is there already.")))
    warning = WrittenWarning(
        case=case, commune_id=case.commune_id, violation=breach, violation_id=breach.id, written_on=written_on,
        text=text,
    )  # fmt: skip
    db.session.add(warning)
    return warning


def give_warning(warning: WrittenWarning, by: Actor, given_on: date, how: str) -> None:
    """Write down that the person was given the warning: what they break from then on may call for a review.

    Raises Refused before its signed page is registered, and for a day that cannot be.
    """
    refuse_unless_running(warning.case, given_on=given_on)
    if warning.state != "signed":
        raise Refused(Plain(mark("Only a warning that was signed is given, and once.")))
    if against := warning.against_giving:
        raise Refused(*against)
    document = warning.document
    signed_on = (document.dated_on if document else None) or warning.signed_on
    if signed_on and given_on < signed_on:
        raise Refused(Misfit("given_on", mark("It was signed on %(day)s."), day=signed_on))
    warning.given_on, warning.handed_how = given_on, how
    warning.workflow.follow("give", warning, by)
    touch(warning.case)


# ── the review ──────────────────────────────────────────────────────────────────────────────────────────────────────
def becomes(review: ReviewMeeting, on: date, came: Came) -> ReviewWithout | None:
    """What becomes of a review by the law of its day; None: it is held with the person."""
    if came == Came.YES:
        return None
    return common.absent_from_review(
        on, good_reason=came == Came.WITH_REASON, postponed_before=review.put_off_from is not None,
        parameters=review.case.regime.PARAMETERS,
    )  # fmt: skip


STEPS = {
    None: "hold", ReviewWithout.HELD_WITHOUT: "hold_without", ReviewWithout.NOT_HELD: "not_hold",
    ReviewWithout.POSTPONED: "put_off",
}  # fmt: skip


def conclude_review(review: ReviewMeeting, by: Actor, on: date, came: Came, **facts: Any) -> ReviewWithout | None:
    """Write down what came of a review on a day: it was held, with or without the person, put off, or not held.

    Staying away without a good reason is a breach of its own since 01/07/2026. Raises Refused for what is missing, or
    does not fit; gives back what became of it where the person stayed away.
    """
    refuse_unless_running(review.case, held_on=on)
    if not review.waits:
        raise Refused(Plain(mark("What came of this review is recorded already.")))
    found = becomes(review, on, came)
    if against := [*_against(review, on, came, found, facts)]:
        raise Refused(*against)
    for name, value in _kept(came, found, facts).items():
        setattr(review, name, value)
    review.came = came
    if found == ReviewWithout.POSTPONED:
        review.put_off_from, review.planned_on = review.planned_on, facts["again_on"]
    else:
        review.held_on = on
    review.workflow.follow(STEPS[found], review, by)
    if found == ReviewWithout.NOT_HELD and came == Came.WITHOUT_REASON:
        _record_absence(review, on, deliberate=bool(facts.get("deliberate")))
    touch(review.case)
    return found


def _kept(came: Came, found: ReviewWithout | None, facts: dict[str, Any]) -> dict[str, Any]:
    """What stays of the form: of a review that was not held neither who was there nor what was said."""
    kept: dict[str, Any] = {"absence_reason": "", "good_reason": None}
    if came != Came.YES:
        kept["absence_reason"] = facts.get("absence_reason") or ""
    if came == Came.WITH_REASON:
        kept["good_reason"] = facts.get("good_reason") or None
    if found in (None, ReviewWithout.HELD_WITHOUT):
        kept |= {name: facts.get(name) or "" for name in ("attendees", "statements", "conclusion")}
    return kept


def _against(
    review: ReviewMeeting, on: date, came: Came, found: ReviewWithout | None, facts: dict[str, Any]
) -> Iterator[Reason]:
    if on < review.paper_on:
        yield Misfit("held_on", mark("The paper that establishes the breach is of %(day)s."), day=review.paper_on)
    if came == Came.WITH_REASON and not facts.get("good_reason"):
        yield Misfit("good_reason", mark("Please say what the good reason was."))
    if came != Came.YES and not (facts.get("absence_reason") or "").strip():
        yield Misfit("absence_reason", mark("Please write down what is known of the absence."))
    if found == ReviewWithout.POSTPONED:
        yield from _against_again(review, facts.get("again_on"))
    if found in (None, ReviewWithout.HELD_WITHOUT):
        for name in ("attendees", "conclusion"):
            if not (facts.get(name) or "").strip():
                yield Misfit(name, mark("The minutes need this."))


def _against_again(review: ReviewMeeting, again_on: date | None) -> Iterator[Reason]:
    """A review is put off by the days that the law gives for it, from the day on which it was to be."""
    due = review.case.regime.review(review.planned_on)
    if again_on is None or again_on <= review.planned_on:
        yield Misfit("again_on", mark("Please give the later day on which it is held."))
    elif due is not None and again_on > due.due_on:
        told_ = mark("It is put off once, and held by %(last)s.")
        yield Misfit("again_on", told_, last=due.due_on)


def _record_absence(review: ReviewMeeting, on: date, *, deliberate: bool) -> Violation:
    with as_on_paper():
        text = _("Did not come to the review of %(day)s, without a good reason.", day=day(on))
    breach = record_violation(
        review.case, ViolationKind.DUTY, on, on, text, deliberate=deliberate,
        location=review.location,
    )  # fmt: skip
    breach.review_id = review.id
    return breach


def told_without(review: ReviewMeeting, on: date) -> list[str]:
    """What becomes of the review if the person stays away, by the law of a day, in words."""
    table = review.case.regime.PARAMETERS
    found = (becomes(review, on, one) for one in (Came.WITHOUT_REASON, Came.WITH_REASON))
    return [told(common.told_without(on, one, table)) for one in found if one is not None]
