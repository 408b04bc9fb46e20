"""The last day of a case as a condition, which several kinds show."""

from collections.abc import Iterator

from portal.cases import law_days
from portal.cases.models import Case
from portal.proposals.models.conditions import Condition, by_day


def of_file(case: Case) -> Iterator[Condition]:
    """The last day of the term, where the law of the portal reaches back."""
    if (last := law_days.last_day(case)) is not None:
        yield by_day("ok", "last_day", last)
