"""An entry of the register as pages show it: whether it is issued, and what it waits for."""

from typing import Any

from portal.documents.models import TYPES, OfficialDocument
from portal.engine.text import _, _l
from portal.engine.workflow import State

RECEIVED, ISSUED = State(_l("Received"), "done"), State(_l("Issued"), "done")
UNNUMBERED, UNSCANNED = State(_l("Waits for its signature"), "waiting"), State(_l("Waits for its scan"), "waiting")
STRUCK_OUT = State(_l("Struck out"), "cancelled")


def standing(document: OfficialDocument) -> State:
    """How it stands, with the shape that says so."""
    if document.voided_at is not None:
        return STRUCK_OUT
    if document.incoming:
        return RECEIVED
    if document.issued:
        return ISSUED
    return UNSCANNED if document.registered else UNNUMBERED


def lacks(document: OfficialDocument) -> list[str]:
    """What is missing until it is issued."""
    return [*([] if document.registered else [_("its number and day")]), _("the scan of the signed page")]


def kind_of(document: OfficialDocument) -> Any:
    return TYPES[document.code][0] if document.code in TYPES else document.code
