"""What changes the term."""

from datetime import date

from portal.cases.actions.running import refuse_unless_running
from portal.cases.models import Case, TermChange
from portal.engine.db import db
from portal.engine.refusal import Conflict, Plain
from portal.engine.text import mark


def record_term_change(case: Case, decided_on: date, months: int, number: str = "") -> TermChange:
    """Write down a shortening that the court decided; it counts once a second person has confirmed it.

    Raises Conflict if that day's decision lies there already, and was not refused.
    """
    refuse_unless_running(case, decided_on)
    before = next(
        (one for one in case.term_changes if one.decided_on == decided_on and (one.waits or one.counts)), None
    )
    if before:
        raise Conflict(before, Plain(mark("A shortening of that day is recorded already.")))
    change = TermChange(
        case=case, commune_id=case.commune_id, decided_on=decided_on, months=months, decision_number=number
    )
    db.session.add(change)
    return change
