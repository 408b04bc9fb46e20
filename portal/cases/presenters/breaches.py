"""A breach and what followed from it, as pages show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import format_decimal

from portal.cases import conduct
from portal.cases.models import CAME_NAMES, VIOLATION_KIND_NAMES, Case, ReviewMeeting, Violation, WrittenWarning
from portal.cases.presenters.entries import Entry
from portal.engine import clock
from portal.engine.presentation import day
from portal.engine.story import StepTold
from portal.engine.text import _, mark, ngettext, say
from portal.engine.workflow import steps_of
from portal.law.asking import not_served
from portal.law.breaches import GOOD_REASONS
from portal.law.common import WITHOUT, ReviewWithout
from portal.law.rule import Ground
from portal.organisation.presenters import stories

Line = tuple[str, str]


def of_breach(breach: Violation) -> list[Line]:
    """Label and value of what is known, in the order of the minutes; what nobody wrote down is left out."""
    hour = f", {breach.happened_at:%H:%M}" if breach.happened_at else ""
    told = (
        (_("Kind of violation"), str(VIOLATION_KIND_NAMES[breach.kind])),
        (_("Happened on"), day(breach.occurred_on) + hour),
        (_("Recorded on"), day(breach.recorded_on)),
        (_("Where it happened"), breach.location),
        (_("What happened"), breach.text),
        (_("Self-report that had not come"), f"{breach.missing_report:%m/%Y}" if breach.missing_report else ""),
        (_("Which duty was broken, with its clause"), breach.duty),
        (_("It was deliberate"), _("yes") if breach.deliberate else _("not said")),
        (_("What the person said to it"), breach.statement),
        (_("Witness"), breach.witness),
        (_("Not counted as served"), _stay(breach)),
    )
    return [(label, value) for label, value in told if value]


def _stay(breach: Violation) -> str:
    """The days away without permission, and by how many they move the end."""
    if breach.stay is None:
        return ""
    first, last = breach.stay
    days = {"first": day(first), "last": day(last)}
    count = not_served(breach.case.regime, (breach.stay,))
    if not count:
        return ""
    told = ngettext(
        "from %(first)s to %(last)s, %(num)s day", "from %(first)s to %(last)s, %(num)s days", count, **days
    )
    return str(told)


def warning_of(breach: Violation) -> WrittenWarning | None:
    """The warning that was drafted because of a breach and not refused."""
    return next((one for one in breach.case.warnings if one.violation_id == breach.id and one.stands), None)


@dataclass(frozen=True)
class Follows:
    """What the law calls for after all that is recorded, with its clause."""

    ground: Ground
    text: str


def what_follows(case: Case) -> Sequence[Follows]:
    """A review, or prison, or what else the law of the case brings; nothing where nothing is called for yet."""
    if not case.running:
        return ()
    revoked = conduct.revocation_ground(case, clock.today())
    if revoked is not None:
        return (Follows(revoked, say(revoked.message, **revoked.numbers)),)
    call = next(iter(conduct.calls(case)), None)
    ground = call.ground if call else conduct.besides(case, clock.today())
    return (Follows(ground, say(ground.message, **ground.numbers)),) if ground else ()


def of_review(review: ReviewMeeting) -> list[Line]:
    hour = f", {review.planned_at:%H:%M}" if review.planned_at else ""
    again = review.due_again
    by = again.due_on if again else review.hold_by
    told = (
        (_("On paper before the file was kept here, number"), review.paper_number),
        (_("Planned for"), day(review.planned_on) + hour if not review.paper_number else ""),
        (_("Put off from"), day(review.put_off_from) if review.put_off_from else ""),
        (_("To be held by"), day(by) if by and review.waits else ""),
        (_("Place"), review.location),
        (_("Invited"), review.invited if not review.held else ""),
        (_("Day of the review"), day(review.held_on) if review.held_on else ""),
        (_("Whether the person came"), str(CAME_NAMES[review.came]) if review.came else ""),
        (_("Good reason"), say(GOOD_REASONS[review.good_reason]) if review.good_reason else ""),
        (_("What is known of the absence"), review.absence_reason),
        (_("Who took part"), review.attendees),
        (_("What was said"), review.statements),
        (_("Conclusion"), review.conclusion),
    )
    return [(label, value) for label, value in told if value]


def outcome(found: ReviewWithout | None) -> str:
    """What was recorded of a review, in words."""
    if found is None:
        return _("The review is recorded; its minutes wait for their signatures.")
    return say(WITHOUT[found])


def after_absence(review: ReviewMeeting) -> str:
    """What follows where no review was held because the person stayed away; nothing otherwise."""
    if review.state != "not_held" or review.voided_at or not review.case.running:
        return ""
    told = _(
        "No review takes the place of this one by itself. Staying away is recorded as a breach, and prison is proposed "
        "only after a review that was held."
    )
    if follows := what_follows(review.case):
        return f"{told} {follows[0].text}"
    return told + " " + _("Warn the person in writing: a further breach then calls for another review.")


STORIES = {
    WrittenWarning: mark("%(who)s drafted the written warning"),
    ReviewMeeting: mark("%(who)s planned the review"),
}


def story_of(record: WrittenWarning | ReviewMeeting) -> list[StepTold]:
    """Who drafted it and what became of it, the latest first; of what was on paper, who recorded it."""
    first = mark("%(who)s recorded what was on paper") if record.paper_number else STORIES[type(record)]
    return stories.story_of(record, steps_of(record), first)


# ── the fines of a case in its story ────────────────────────────────────────────────────────────────────────────────
def fines(case: Case) -> Iterator[Entry]:
    """Fines that count in the case. Their room stands beside this one; the relationship names its records."""
    for one in case.fines:
        if one.voided_at is not None:
            continue
        title = _("Fined: %(amount)s đồng", amount=format_decimal(one.amount_vnd))
        shape = "overdue" if one.in_force(clock.today()) else "cancelled"
        text = one.paper_number if shape == "overdue" else _("Annulled on %(day)s", day=day(one.annulled_on))
        url = url_for("drug_fines.show", id=one.id)
        title = title if one.amount_vnd else _("Warned by a decision on a fine")
        yield Entry(one.decided_on, shape, title, text, url, recorded_at=one.created_at)
