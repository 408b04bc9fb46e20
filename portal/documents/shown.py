"""An entry of the register as pages show it: whether it is issued, and whose signature or what else it waits for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.documents.models import ISSUED_BY_NAMES, TYPES, IssuedBy, OfficialDocument
from portal.documents.queries import documents_of, stands_on, written_for
from portal.engine.access import Actor, may, rights, rights_on
from portal.engine.agenda import subject_of
from portal.engine.db import Kept
from portal.engine.text import _, _l
from portal.engine.workflow import State

RECEIVED, ISSUED = State(_l("In the register"), "done"), State(_l("Issued"), "done")
UNVOUCHED = State(_l("Waits for a second person"), "waiting")
UNNUMBERED, UNSCANNED = State(_l("Waits for its signature"), "waiting"), State(_l("Waits for its scan"), "waiting")
STRUCK_OUT = State(_l("Struck out"), "cancelled")


def state_of(document: OfficialDocument) -> State:
    """How it stands, with the shape that says so."""
    if document.voided_at is not None:
        return STRUCK_OUT
    if document.incoming:
        return RECEIVED
    if document.issued:
        return ISSUED
    if document.to_be_vouched:
        return UNVOUCHED
    return UNSCANNED if document.registered else UNNUMBERED


def waits_for(document: OfficialDocument) -> str:
    """Whose signatures are missing or, where all have signed, what else; nothing once it is issued."""
    if not document.waits:
        return ""
    if document.unsigned:
        return _("Waits for the signature of %(who)s", who="; ".join(document.unsigned))
    return str(state_of(document).label)


def lacks(document: OfficialDocument) -> list[str]:
    """What is missing until it is issued."""
    if document.to_be_vouched:
        return [_("the word of a second person that it went out, or the scan of the signed page")]
    return [*([] if document.registered else [_("its number and day")]), _("the scan of the signed page")]


def kind_of(document: OfficialDocument) -> Any:
    return TYPES[document.code][0] if document.code in TYPES else document.code


def issued_by(document: OfficialDocument) -> str:
    """Whose paper an outgoing one is."""
    of_unit = document.issued_by == IssuedBy.UNIT
    return document.unit.title if of_unit else str(ISSUED_BY_NAMES[document.issued_by])


def heading(document: OfficialDocument) -> str:
    """What it is and what it is about: of what has no number yet, a list would say nothing else."""
    return _("%(kind)s: %(about)s", kind=kind_of(document), about=document.abstract)


@dataclass(frozen=True)
class Ways:
    """What the reader may do with an entry: *main* leads on, *links* are the rest."""

    main: Mapping[str, Any] | None
    links: Sequence[tuple[str, str]]


def ways(user: Actor, document: OfficialDocument) -> Ways:
    held = rights(user, document, ("issue", "vouch", "edit", "void"))
    to_issue = not document.incoming and not document.sealed and "issue" in held
    verb = _("Add the scan of the signed page") if document.issued else _("Register the signed paper")
    rest = (
        ("vouch", _("Vouch for the paper"), document.to_be_vouched),
        ("edit", _("Change the entry"), not document.issued),
        ("void", _("Strike the entry out"), not document.issued and stands_on(document) is None),
    )
    record = _written_for(user, document)
    main = {"label": verb, "url": url_for("register.issue", id=document.id), "kind": "main"} if to_issue else None
    links = [
        (label, url_for(f"register.{page}", id=document.id)) for page, label, stands in rest if stands and page in held
    ]
    return Ways(main, [*record, *links])


def _written_for(user: Actor, document: OfficialDocument) -> list[tuple[str, str]]:
    """The way to the record that it is the paper of, where it is drawn and printed, for whoever may read that."""
    record, known = written_for(document), subject_of(document.subject_type)
    if record is None or known is None or not may(user, "read", record):
        return []
    number = getattr(record, "number", "")
    label = _("What it was written for: %(number)s", number=number) if number else _("What it was written for")
    return [(label, url_for(known[1], id=record.id))]


@dataclass(frozen=True)
class Entered:
    """A paper of a record in the register: what it is, how it stands, what it waits for. *url*: for who may read it."""

    name: str
    state: State
    number: str
    waits_for: str
    url: str


def entered(user: Actor, subject: Kept) -> Sequence[Entered]:
    """The papers that were written for a record, the oldest first, as whoever may read the record is told of them."""
    found = list(reversed(documents_of(subject)))
    rights = rights_on(user, OfficialDocument, [one.id for one in found], ("read",))
    return [_entered(one, readable="read" in rights.get(one.id, ())) for one in found]


def _entered(entry: OfficialDocument, *, readable: bool) -> Entered:
    url = url_for("register.show", id=entry.id) if readable else ""
    return Entered(entry.abstract, state_of(entry), entry.number, waits_for(entry), url)
