"""What was entered in error: it stays, with the reason, and counts nowhere. `void_page` asks for it."""

from portal.engine import audit, clock
from portal.engine.db import Kept
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import mark


def void(record: Kept, reason: str) -> None:
    """Mark a record as entered in error.

    Raises Refused without a reason or where something stands against it, Conflict if somebody has done it already.
    """
    if not reason.strip():
        raise Refused(Plain(mark("Please give the reason.")))
    if record.voided_at is not None:
        raise Conflict(record, Plain(mark("This entry is marked as made in error already.")))
    if against := record.against_voiding:
        raise Refused(*against)
    record.voided_at, record.void_reason = clock.now(), reason.strip()
    audit.note("void", record, reason="#" + audit.digest(reason))
