"""Entries of the register that count no more."""

from portal.documents.models import OfficialDocument
from portal.documents.queries import stands_on
from portal.engine import voiding
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark

STOOD_ON = mark(
    "This is the paper of something that stands in the portal and waits for it, so the entry stays. Where number or "
    "day are wrong, change them; what the paper says is mended where it was written."
)


def strike_out(document: OfficialDocument, reason: str) -> None:
    """Strike an entry out as made in error: its number is free again.

    Raises Refused once it is issued, and where a record stands on it, which would wait for its signature for ever.
    """
    if stands_on(document) is not None:
        raise Refused(Plain(STOOD_ON))
    withdraw(document, reason)


def withdraw(document: OfficialDocument, reason: str) -> None:
    """Take an entry out since the record that it was written for asks for its paper no more, or for another one."""
    voiding.void(document, reason)
