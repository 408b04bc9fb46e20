"""A fault of ours at one thing that a phone sent: it is logged, and blocks no other."""

import logging
import secrets

from portal.engine.faults import out_of_reach, traced

log = logging.getLogger("portal")


def noted(error: Exception, what: str) -> str:
    """Log a fault of ours and give back its number. Of the database's own there is no end: it goes up."""
    if out_of_reach(error):
        raise error
    number = secrets.token_hex(4)
    log.error("error %s at what a phone sent, %s: %s", number, what, traced(error))
    return number
