"""What counts no more: it stays, with the reason. What was entered in error `void_page` asks for.

The reason is what somebody wrote or, where an entry is taken out by a change of something else, a marked text: whoever
shows it says it in the reader's language (`engine.text.say`).
"""

from portal.engine import audit, clock
from portal.engine.db import Kept
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import mark


def void(record: Kept, reason: str, told_as: str = "void") -> None:
    """Mark a record as entered in error or, as the trail is *told*, as taken out.

    Raises Refused without a reason or where something stands against it, Conflict if somebody has done it already.
    """
    if not reason.strip():
        raise Refused(Plain(mark("Please give the reason.")))
    if record.voided_at is not None:
        raise Conflict(record, Plain(mark("This entry is marked as made in error already.")))
    if against := record.against_voiding:
        raise Refused(*against)
    record.voided_at, record.void_reason = clock.now(), reason.strip()
    audit.note(told_as, record, reason="#" + audit.digest(reason))


def take_out(record: Kept, reason: str) -> None:
    """Let a record count no more since something else was changed, which says so with a marked *reason*."""
    void(record, reason, told_as="take_out")


def put_back(record: Kept) -> None:
    """Let a record that was taken out count again."""
    if record.voided_at is not None:
        record.voided_at, record.void_reason = None, ""
        audit.note("put_back", record)
