"""What changes the term, and what takes an entry back."""

from datetime import date

from portal.cases.actions.recording import _running
from portal.cases.models import Case, TermChange
from portal.engine import audit, clock
from portal.engine.db import Record, db
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import mark


def record_term_change(case: Case, decided_on: date, months: int, number: str = "") -> TermChange:
    """Write down a shortening that the court decided; it counts once a second person has confirmed it.

    Raises Conflict if that day's decision lies there already, and was not refused.
    """
    _running(case, decided_on)
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


def void(record: Record, reason: str) -> None:
    """Mark an entry as made in error. It stays, and counts nowhere.

    Raises Refused without a reason, Conflict if somebody has done it already.
    """
    if not reason.strip():
        raise Refused(Plain(mark("Please give the reason.")))
    if record.voided_at is not None:
        raise Conflict(record, Plain(mark("This entry is marked as made in error already.")))
    record.voided_at, record.void_reason = clock.now(), reason.strip()
    audit.note("void", record, reason="#" + audit.digest(reason))
