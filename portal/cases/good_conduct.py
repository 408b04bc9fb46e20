"""What was recorded of somebody's conduct and speaks against a shortening. It is weighed, by our own reading: the act
asks for good conduct and names no number."""

from collections.abc import Iterator
from datetime import date

from portal.cases import conduct
from portal.cases.models import Case, Rating
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.law.breaches import Conduct
from portal.law.days import add_months
from portal.law.results import Refusal
from portal.law.rule import NotInForceError

RATED_MONTHS = 6  # of which the grades are looked at
BREACH_MONTHS = 12  # of which the breaches are
LOW = (Rating.AVERAGE, Rating.POOR)
AGAINST_THEM = ("review", "revocation", "parole_revocation", "fine")  # the kinds of proposals about a breach
RATED = {
    Rating.AVERAGE: mark("Rated average in %(month)s."),
    Rating.POOR: mark("Rated poor in %(month)s."),
}
BREACH = mark("A violation of %(day)s is recorded.")
UNDER_WAY = mark("A proposal about a breach is under way (%(number)s).")


def against(case: Case, on: date) -> Iterator[Reason]:
    """What speaks against it on a day: grades, breaches, and what is under way because of one."""
    for assessment in case.assessments:
        told = RATED.get(assessment.rating) if assessment.rating in LOW else None
        if told and assessment.counts and add_months(on.replace(day=1), -RATED_MONTHS) <= assessment.month <= on:
            yield Plain(told, month=f"{assessment.month:%m/%Y}")
    for violation in conduct.breaches_of(case):
        recent = add_months(on, -BREACH_MONTHS) <= violation.occurred_on <= on
        if recent and violation.voided_at is None and not violation.only_reminded:
            yield Plain(BREACH, day=violation.occurred_on)
    for one in case.proposals:
        if one.kind in AGAINST_THEM and one.state != "draft" and one.on_its_way and one.voided_at is None:
            yield Plain(UNDER_WAY, number=one.number)


def forbidden(case: Case, on: date) -> Iterator[Reason]:
    """Where the law itself says that a breach after a review leaves nothing to be reduced (NCR-AFTER-REVIEW).

    A review is one that was held, here or before the file came here: one that is only planned warned nobody yet.
    """
    after_review = getattr(case.regime, "after_review", None)
    if after_review is None:
        return
    held_on = next((one.held_on for one in conduct.held(case) if one.held_on), None)
    if held_on is None:
        return
    since = sum(
        1 for one in conduct.breaches_of(case)
        if one.voided_at is None and not one.only_reminded and held_on < one.occurred_on <= on
    )  # fmt: skip
    try:
        ground = after_review(on, Conduct(since_review=since))
    except NotInForceError:
        return
    if ground is not None:
        told = (ground.message, ground.numbers, ground.rule, ground.source, ground.confirmed, ground.holds_from)
        yield Refusal(*told)
