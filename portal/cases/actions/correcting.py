"""What changes the term."""

from datetime import date

from portal.cases import printed_day
from portal.cases.actions.running import refuse_unless_running
from portal.cases.models import Case, TermChange
from portal.engine.db import db
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import mark


def record_term_change(
    case: Case, decided_on: date, months: int, number: str = "", printed_ends_on: date | None = None
) -> TermChange:
    """Write down a shortening that the court decided; it counts once a second person has confirmed it.

    Raises Conflict if that day's decision lies there already, and was not refused; Refused where the day that the paper
    prints is none of a shortening.
    """
    refuse_unless_running(case, decided_on)
    before = next(
        (one for one in case.term_changes if one.decided_on == decided_on and (one.waits or one.counts)), None
    )
    if before:
        raise Conflict(before, Plain(mark("A shortening of that day is recorded already.")))
    if against := [*printed_day.misfits(case, decided_on, printed_ends_on)]:
        raise Refused(*against)
    change = TermChange(
        case=case, commune_id=case.commune_id, decided_on=decided_on, months=months, decision_number=number,
        printed_ends_on=printed_ends_on,
    )  # fmt: skip
    db.session.add(change)
    return change
