"""What of a file somebody has to look at by hand: unusual lengths, and a minor, whose new law nobody has read yet.

Nothing is refused by it. It is told where the file is typed, decided on and read.
"""

from datetime import date
from typing import Any

from portal.cases.models import Case
from portal.engine import clock
from portal.law.minors import review_by_hand
from portal.law.results import Refusal
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


def about_lengths(case: Case) -> list[Refusal]:
    return lengths(case.regime, case.prison_months, case.term_months, case.judgment_on or case.starts_on)


def about_minors(case: Case) -> list[Refusal]:
    """Whether the person was a minor when the term or the file came, or is today."""
    born, law = case.person.latest_birth, numbers_of(case.commune_id, "minors")
    days = sorted({case.starts_on, case.received_on, clock.today()})
    return next((found for one in days if (found := review_by_hand(born, one, law))), [])


def doubts(case: Case) -> list[Refusal]:
    return [*about_minors(case), *about_lengths(case)]
