"""What the law says of a shortening on a day: why not, what is to be weighed, what is possible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.cases import good_conduct
from portal.cases.models import Case
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.law import shortening
from portal.law.rule import Cut, Due, NotInForceError
from portal.proposals.kinds.shortening.grounds import SPECIAL, Ground, waivable

UNKNOWN = mark("The portal does not know the law of that day.")
NOT_WHOLE = mark(
    "The whole rest is waived for merit, great age or a terminal illness alone and, after a conditional release, of "
    "who is under 18: choose the ground, or months."
)
NO_MONTHS = mark("Give the months that are to be cut, or ask for the whole rest.")
WAITING = mark(
    "A shortening that the court decided on %(day)s waits for confirmation. It is confirmed or refused first: what may "
    "be cut follows from it."
)

SHORTENING = "shortening"  # the kind of proposals that asks for one


@dataclass(frozen=True)
class Wish:
    """What is asked for: on which ground, how many months, or the whole rest, in the round of which day."""

    ground: Ground
    on: date
    months: int
    whole_rest: bool

    @property
    def special(self) -> bool:
        return self.ground in SPECIAL


def months_of(case: Case, wish: Wish) -> int:
    """The months by which the term is cut: of the whole rest all that are left on the day."""
    if not wish.whole_rest:
        return wish.months
    return shortening.rest_months(case.term, wish.on, case.regime.PARAMETERS)


def refused(case: Case, wish: Wish) -> list[Reason]:
    """Why it is against the law."""
    answers = (one.answer for one in case.proposals if one.kind == SHORTENING)
    granted = [one for one in answers if one is not None and one.waits and one.accepted]
    recorded = [one for one in case.term_changes if one.waits and not one.counts]
    waiting = [Plain(WAITING, day=one.decided_on) for one in (*recorded, *granted)]
    try:
        found: Sequence[Reason] = _by_law(case, wish)
    except NotInForceError:
        return [*waiting, Plain(UNKNOWN)]
    return [*waiting, *found, *good_conduct.forbidden(case, wish.on)]


def _by_law(case: Case, wish: Wish) -> Sequence[Reason]:
    if wish.whole_rest:
        if not waivable(case, wish.ground, wish.on):
            return [Plain(NOT_WHOLE)]
        found: Sequence[Reason] = case.regime.refuse_waiver(case.term, wish.on)
        return found
    if wish.months < 1:
        return [Plain(NO_MONTHS)]
    refusals: Sequence[Reason] = case.regime.refuse_cut(case.term, wish.on, wish.months, wish.special)
    return refusals


def weighed(case: Case, wish: Wish) -> list[Reason]:
    """What the law leaves open, and what was recorded against the person: each needs an answer."""
    doubts: Sequence[Reason] = ()
    months = months_of(case, wish)
    if months and hasattr(case.regime, "doubts_about_cut"):
        try:
            doubts = case.regime.doubts_about_cut(case.term, wish.on, months, wish.special)
        except NotInForceError:
            doubts = ()
    return [*doubts, *good_conduct.against(case, wish.on)]


def possible(case: Case, wish: Wish) -> Any:
    """The whole months that may be cut on the day, from least to most; None where the law sets none."""
    limits = getattr(case.regime, "cut_limits", None)
    try:
        return limits(case.term, wish.on, wish.special) if limits else None
    except NotInForceError:
        return None


def last_day_then(case: Case, wish: Wish) -> Due | None:
    """The last day as it would be; None where the law of the portal does not reach back."""
    months = months_of(case, wish)
    term = case.term.otherwise(cuts=(*case.term.cuts, Cut(wish.on, months)))
    try:
        due: Due = case.regime.last_day(term)
    except NotInForceError:
        return None
    return due
