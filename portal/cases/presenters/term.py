"""What a shortening would make of the term, before it is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.cases.models import Case
from portal.engine.refusal import Reason
from portal.law.days import DayOutsideTableError
from portal.law.rule import Cut, Due, NotInForceError


@dataclass(frozen=True)
class Shortened:
    """The last day as it stands and as it would be, and what the law has against it.

    The court decided, so the portal warns and does not refuse: a slip of the pen shows before it moves a day.
    """

    before: date
    after: Due
    doubts: Sequence[Reason]
    known: bool  # whether the law of the portal knows shortenings of this type


def shortened(case: Case, decided_on: date, months: int) -> Shortened | None:
    """None where the law of the portal does not reach back to that day."""
    cut = replace(case.term, cuts=(*case.term.cuts, Cut(decided_on, months)))
    refuse = getattr(case.regime, "refuse_cut", None)
    try:
        doubts = refuse(case.term, decided_on, months) if refuse else ()
        return Shortened(case.ends_on, case.regime.last_day(cut), doubts, refuse is not None)
    except (NotInForceError, DayOutsideTableError):
        return None
