"""The last day of a case as conditions, which several kinds show: also that a paper prints another than the law."""

from collections.abc import Iterator

from portal.cases import law_days
from portal.cases.models import Case, computed_day
from portal.law.terms import PAPER_DIFFERS
from portal.proposals.models.conditions import Condition, by_day, by_due


def of_file(case: Case) -> Iterator[Condition]:
    """The last day of the term, where the law of the portal reaches back."""
    if (last := law_days.last_day(case)) is not None:
        yield by_day("ok", "last_day", last)
        if last.note == PAPER_DIFFERS:
            yield by_due("note", "paper_wins", last, day=last.due_on, computed=computed_day(last))
