"""Leave from the place of residence: how long, how often, and why it is refused."""

from datetime import date, timedelta
from math import floor

from portal.law import policies
from portal.law.rule import AbsenceLimits, Parameters, Refusal, _

TOO_LONG = _("An absence may last %(limit)s days; this one lasts %(asked)s.")
TOO_LONG_TOGETHER = _("All absences together may last %(limit)s days; with this one they last %(together)s.")
TOO_LATE = _("Permission comes before the departure: one on %(leaves)s can no longer be permitted.")
NOT_ABROAD = _("A person who serves this sentence may not leave Viet Nam during the term.")


def days_asked(leaves_on: date, returns_on: date, parameters: Parameters) -> int:
    """Days from departure to return, both included (policy `same_day_absence`); ValueError if they are swapped."""
    if returns_on < leaves_on:
        raise ValueError(f"The return {returns_on} is before the departure {leaves_on}")
    if returns_on == leaves_on and policies.reading(parameters, "same_day_absence") == "no_day":
        return 0
    return (returns_on - leaves_on).days + 1


def limits(parameters: Parameters, leaves_on: date, days_of_term: int, each: str, total: str = "") -> AbsenceLimits:
    """The limits by the law in force on departure; a share of the term is rounded down to whole days."""
    law = parameters.on(leaves_on)
    share = law[total] if total else None
    days = floor(days_of_term * share.share) if share else None
    return AbsenceLimits(law[each].count, days, law[each], share)


def refuse(
    bounds: AbsenceLimits, asked: int, days_used: int, *, medical: bool = False, too_long: str = TOO_LONG
) -> list[Refusal]:
    """Say which limits an absence of so many days breaks. A stay in hospital with papers breaks none."""
    if medical:
        return []
    refusals = []
    if asked > bounds.each:
        refusals.append(bounds.each_rule.forbids(too_long, limit=bounds.each, asked=asked))
    together = days_used + asked
    if bounds.total is not None and bounds.total_rule is not None and together > bounds.total:
        refusals.append(bounds.total_rule.forbids(TOO_LONG_TOGETHER, limit=bounds.total, together=together))
    return refusals


def refuse_abroad(parameters: Parameters, leaves_on: date, *, abroad: bool) -> list[Refusal]:
    """Nobody leaves the country during the term, not for treatment either (COM-NO-EXIT)."""
    return [parameters.on(leaves_on)["COM-NO-EXIT"].forbids(NOT_ABROAD)] if abroad else []


def refuse_late(
    bounds: AbsenceLimits, leaves_on: date, asked_on: date, parameters: Parameters, *, medical: bool = False
) -> list[Refusal]:
    """Say why an absence that has begun may not be permitted any more (policy `late_permission`).

    Treatment cannot wait, and its papers come after it.
    """
    grace = 1 if policies.reading(parameters, "late_permission") == "day_after" else 0
    if medical or asked_on <= leaves_on + timedelta(days=grace):
        return []
    return [bounds.each_rule.forbids(TOO_LATE, leaves=leaves_on)]
