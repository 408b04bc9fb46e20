"""What follows from breaches of duty and fines: when a review is called for, and when prison is to be proposed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.law.rule import Ground, Parameter, Parameters, Refusal, _


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
    *since_review* after the review and the written warning that followed it. *reviews* were held so far;
    *warned_again*: somebody warned the person in writing since the last of them. *fined_breaches* of the deliberate
    ones were fined, so that the one and the other are the same deed. *no_show*: somebody who did not obey the summons
    to the reception did not appear within the time of the law after that either, and is absent still.
    """

    breaches: int = 0
    deliberate: int = 0
    since_warning: int = 0
    since_review: int = 0
    fines: int = 0
    reviews: int = 0
    warned_again: bool = False
    fined_breaches: int = 0
    no_show: bool = False


def after_warning(key: str, day: date, conduct: Conduct, parameters: Parameters) -> Ground | None:
    """A review is called for by a fine, or by a breach after a written warning."""
    rule = parameters.on(day)[key]
    if conduct.fines:
        return rule.calls_for(FINED, fines=conduct.fines)
    return rule.calls_for(WARNED_BEFORE, breaches=conduct.since_warning) if conduct.since_warning else None


def at_once(key: str, day: date, conduct: Conduct, parameters: Parameters) -> Ground | None:
    """A review is called for by the first fine or the first breach, and by no later one once it was held."""
    rule = parameters.on(day)[key]
    if conduct.reviews:
        return None
    if conduct.fines >= rule.count:
        return rule.calls_for(FINED, fines=conduct.fines)
    return rule.calls_for(FIRST_BREACH, breaches=conduct.breaches) if conduct.breaches >= rule.count else None


def after_more_than(key: str, day: date, conduct: Conduct, parameters: Parameters) -> Ground | None:
    """A review is called for by a breach beyond a number of recorded ones; once it was held other steps follow."""
    rule = parameters.on(day)[key]
    if conduct.reviews or conduct.breaches <= rule.count:
        return None
    return rule.calls_for(MANY_BREACHES, breaches=conduct.breaches, limit=rule.count)


NO_REVIEW = _("The law of this case knows no review.")
NOT_WARNED = _(
    "A review is called for by a fine, or by a breach after a written warning. %(breaches)s breaches are recorded,"
    " %(warned)s after a warning, and %(fines)s fines. Warn the person in writing first."
)
NOT_BROKEN = _(
    "A review is called for once, by the first breach or the first fine. %(breaches)s breaches and %(fines)s fines are"
    " recorded, and %(reviews)s reviews were held."
)
TOO_FEW = _(
    "A review is called for once, by a breach after %(limit)s recorded ones. %(breaches)s breaches are recorded, and"
    " %(reviews)s reviews were held."
)
REVIEW_RULES = {"SS-REVIEW-TRIGGER": NOT_WARNED, "PAR-REVIEW.trigger": NOT_BROKEN, "NCR-REVIEW.records": TOO_FEW}


def refuse_review(day: date, conduct: Conduct, parameters: Parameters) -> list[Refusal]:
    """Say what is still missing for a review where nothing calls for one; the table is that of a regime."""
    key = next((one for one in REVIEW_RULES if one in parameters.rules), None)
    rule = _known(parameters, day, key) if key else None
    if key is None or rule is None:
        return [Refusal(NO_REVIEW)]
    numbers = {
        "breaches": conduct.breaches, "warned": conduct.since_warning, "fines": conduct.fines,
        "reviews": conduct.reviews, "limit": rule.count,
    }  # fmt: skip
    return [rule.forbids(REVIEW_RULES[key], **numbers)]


NOT_PRISON = _("Nothing that a person does turns a measure of this kind into prison.")
NOT_REVIEWED = _("Prison is proposed only after a review; none was held. Propose the review first.")
NOT_WARNED_AGAIN = _("After the review the person was not warned in writing again. Give a written warning first.")
NOT_DELIBERATE = _("Since that warning no deliberate breach is recorded. Prison is not proposed for what came before.")
TOO_FEW_DELIBERATE = _("%(breaches)s deliberate breaches are recorded; the law asks for %(limit)s.")
NOT_TWICE = _(
    "The release is cancelled for %(limit)s deliberate breaches or fines; %(breaches)s deliberate breaches and"
    " %(fines)s fines are recorded, and the same deed counts once."
)


def _known(parameters: Parameters, day: date, key: str) -> Parameter | None:
    """The version of a rule that holds on a day; None where the regime has no such rule."""
    return parameters.on(day).get(key) if key in parameters.rules else None


def refuse_prison(day: date, conduct: Conduct, parameters: Parameters) -> list[Refusal]:
    """Say why prison may not be proposed yet after a suspended sentence (SS-REVOKE-PROPOSE).

    Who stayed away from the reception twice is proposed without a review and without a warning (SS-NOSHOW-7D).
    """
    if conduct.no_show and _known(parameters, day, "SS-NOSHOW-7D.propose") is not None:
        return []
    if (rule := _known(parameters, day, "SS-REVOKE-PROPOSE")) is None:
        return [Refusal(NOT_PRISON)]
    count = parameters.on(day)["SS-REVOKE-PROPOSE.breaches"]
    if not conduct.reviews:
        return [rule.forbids(NOT_REVIEWED)]
    if not conduct.warned_again:
        return [rule.forbids(NOT_WARNED_AGAIN)]
    if not conduct.since_review:
        return [rule.forbids(NOT_DELIBERATE)]
    if conduct.deliberate < count.count:
        return [count.forbids(TOO_FEW_DELIBERATE, breaches=conduct.deliberate, limit=count.count)]
    return []


def refuse_cancelling(day: date, conduct: Conduct, parameters: Parameters) -> list[Refusal]:
    """Say why the cancelling of a conditional release may not be proposed (PAR-REVOKE).

    One breach and one fine for another deed suggest nothing, but the officer may propose it (policy `par_revoke_mix`).
    """
    if (rule := _known(parameters, day, "PAR-REVOKE.breaches")) is None:
        return [Refusal(NOT_PRISON)]
    if conduct.deliberate + conduct.fines - conduct.fined_breaches >= rule.count:
        return []
    return [rule.forbids(NOT_TWICE, breaches=conduct.deliberate, fines=conduct.fines, limit=rule.count)]
