"""What follows from breaches of duty and fines: when a review is called for, and when prison is to be proposed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.law.rule import Ground, Parameters, _


class GoodReason(StrEnum):
    """What excuses somebody under conditional release who stays away from a review, by the decree of 2026."""

    EMERGENCY = "emergency"
    FORCE_MAJEURE = "force_majeure"
    OBSTACLE = "obstacle"


GOOD_REASONS = {
    GoodReason.EMERGENCY: _("an emergency"),
    GoodReason.FORCE_MAJEURE: _("force majeure"),
    GoodReason.OBSTACLE: _("an objective obstacle"),
}

FINED = _("The person was fined: a review is called for.")
WARNED_BEFORE = _("The person was warned in writing and broke a duty again: a review is called for.")
FIRST_BREACH = _("A breach was recorded: a review is called for.")
MANY_BREACHES = _("%(breaches)s breaches are recorded; a review is called for after more than %(limit)s.")


@dataclass(frozen=True)
class Conduct:
    """What has been recorded of somebody's conduct in this case so far, by number.

    *deliberate* are those of the *breaches* that were deliberate; *since_warning* came after a written warning,
    *since_review* after the review and the written warning that followed it.
    """

    breaches: int = 0
    deliberate: int = 0
    since_warning: int = 0
    since_review: int = 0
    fines: int = 0


def after_warning(key: str, day: date, conduct: Conduct, parameters: Parameters) -> Ground | None:
    """A review is called for by a fine, or by a breach after a written warning."""
    rule = parameters.on(day)[key]
    if conduct.fines:
        return rule.calls_for(FINED, fines=conduct.fines)
    return rule.calls_for(WARNED_BEFORE, breaches=conduct.since_warning) if conduct.since_warning else None


def at_once(key: str, day: date, conduct: Conduct, parameters: Parameters) -> Ground | None:
    """A review is called for by the first fine or the first breach."""
    rule = parameters.on(day)[key]
    if conduct.fines >= rule.count:
        return rule.calls_for(FINED, fines=conduct.fines)
    return rule.calls_for(FIRST_BREACH, breaches=conduct.breaches) if conduct.breaches >= rule.count else None


def after_more_than(key: str, day: date, conduct: Conduct, parameters: Parameters) -> Ground | None:
    """A review is called for by a breach beyond a number of recorded ones."""
    rule = parameters.on(day)[key]
    if conduct.breaches <= rule.count:
        return None
    return rule.calls_for(MANY_BREACHES, breaches=conduct.breaches, limit=rule.count)
