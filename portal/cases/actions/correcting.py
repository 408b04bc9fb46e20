"""What changes the term."""

from collections.abc import Iterator
from datetime import date

from portal.cases import printed_day
from portal.cases.actions.running import refuse_unless_running
from portal.cases.models import Case, TermChange
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.engine.vietnamese import fold

SAME_NUMBER = mark(
    "The shortening of %(day)s is recorded by this number already: it stands in the story of the case. A court gives a "
    "number once a year: compare the number and the day with its paper."
)


def same_number(case: Case, decided_on: date, number: str) -> Iterator[Misfit]:
    """Why a decision cannot be another one: the court counts its numbers by the year."""
    for one in case.term_changes if number.strip() else ():
        same = fold(one.decision_number) == fold(number) and one.decided_on.year == decided_on.year
        if same and (one.waits or one.counts):
            yield Misfit("decision_number", SAME_NUMBER, day=one.decided_on)


def record_term_change(
    case: Case, decided_on: date, months: int, number: str = "", printed_ends_on: date | None = None
) -> TermChange:
    """Write down a shortening that the court decided; it counts once a second person has confirmed it.

    Raises Conflict if that day's decision lies there already, and was not refused; Refused where the day that the paper
    prints is none of a shortening.
    """
    refuse_unless_running(case, decided_on=decided_on)
    before = next(
        (one for one in case.term_changes if one.decided_on == decided_on and (one.waits or one.counts)), None
    )
    if before:
        raise Conflict(before, Plain(mark("A shortening of that day is recorded already.")))
    if against := [*same_number(case, decided_on, number), *printed_day.misfits(case, decided_on, printed_ends_on)]:
        raise Refused(*against)
    change = TermChange(
        case=case, commune_id=case.commune_id, decided_on=decided_on, months=months, decision_number=number,
        printed_ends_on=printed_ends_on,
    )  # fmt: skip
    db.session.add(change)
    return change
