"""The last day that a decision on a shortening prints: it wins over the computed one, and still a shortening it is."""

from collections.abc import Iterator
from datetime import date

from portal.cases.models import Case
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import mark
from portal.law.rule import Cut, NotInForceError

NOT_SHORTER = mark(
    "A shortening ends the term earlier, and without it the last day is %(ends)s. Compare the printed day with the "
    "court's paper."
)
TOO_EARLY = mark("The last day cannot lie before the decision that shortens it.")
DIFFERS = mark("By the law the last day would be %(computed)s; the paper prints %(printed)s. The printed day wins.")


def misfits(case: Case, decided_on: date, printed_ends_on: date | None) -> Iterator[Misfit]:
    """Why a printed day cannot be that of a shortening: before its decision, or no earlier than without it."""
    if printed_ends_on is None:
        return
    if printed_ends_on < decided_on:
        yield Misfit("printed_ends_on", TOO_EARLY)
    ends = _last_day(case, tuple(one for one in case.term.cuts if one.decided_on < decided_on))
    if ends is not None and printed_ends_on >= ends:
        yield Misfit("printed_ends_on", NOT_SHORTER, ends=ends)


def differing(case: Case, decided_on: date, months: int, printed_ends_on: date | None) -> Iterator[Reason]:
    """What is against a printed day, or that the law alone would give another."""
    against = [*misfits(case, decided_on, printed_ends_on)]
    computed = _last_day(case, (*case.term.cuts, Cut(decided_on, months)))
    if not against and printed_ends_on is not None and computed is not None and computed != printed_ends_on:
        yield Plain(DIFFERS, computed=computed, printed=printed_ends_on)
    yield from against


def _last_day(case: Case, cuts: tuple[Cut, ...]) -> date | None:
    """The last day with these cuts and no others; None where the law of the portal does not reach back."""
    try:
        found: date = case.regime.last_day(case.term.otherwise(cuts=cuts)).due_on
    except NotInForceError:
        return None
    return found
