"""What of a file somebody has to look at by hand: unusual lengths, a term that was over before the file came, and a
minor, whose new law nobody has read yet.

Nothing is refused by it. It is told where the file is typed, decided on and read; what the law does not know at all is
answered in writing by whoever asks to open the file.
"""

from datetime import date
from typing import Any

from portal.cases.models import Case
from portal.engine import clock
from portal.law import terms
from portal.law.minors import review_by_hand
from portal.law.results import Due, Refusal
from portal.law.rule import NotInForceError
from portal.lawbook.queries import numbers_of


def lengths(regime: Any, prison_months: int | None, months: int, day: date) -> list[Refusal]:
    """Doubts about a prison term and what belongs to it; none where the law of a regime does not tie them together."""
    doubts = getattr(regime, "doubts_about_lengths", None)
    if doubts is None or not prison_months:
        return []
    try:
        return list(doubts(prison_months, months, day))
    except NotInForceError:
        return []


def out_of_law(regime: Any, months: int, day: date, last: Due | None, received_on: date) -> list[Refusal]:
    """A term of a length that the law does not know, and one that was over before its file came."""
    try:
        unusual = terms.unusual_length(months, day, regime.PARAMETERS)
    except NotInForceError:
        unusual = None
    over = terms.over_before_receipt(last, received_on) if last else None
    return [one for one in (unusual, over) if one]


def to_answer(case: Case) -> list[Refusal]:
    """What nobody opens a file over without saying why."""
    day = case.judgment_on or case.starts_on
    return out_of_law(case.regime, case.term_months, day, case.law.last_day, case.received_on)


def about_lengths(case: Case) -> list[Refusal]:
    return lengths(case.regime, case.prison_months, case.term_months, case.judgment_on or case.starts_on)


def about_minors(case: Case) -> list[Refusal]:
    """Whether the person was a minor when the term or the file came, or is today."""
    born, law = case.person.latest_birth, numbers_of(case.commune_id, "minors")
    days = sorted({case.starts_on, case.received_on, clock.today()})
    return next((found for one in days if (found := review_by_hand(born, one, law))), [])


def doubts(case: Case) -> list[Refusal]:
    return [*to_answer(case), *about_minors(case), *about_lengths(case)]
