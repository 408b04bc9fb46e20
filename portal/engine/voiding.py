"""What was entered in error: it stays, with the reason, and counts nowhere. The deed, and the page that asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template

from portal.engine import audit, clock, notice, versions
from portal.engine.db import Kept
from portal.engine.deeds import attempt
from portal.engine.forms import Paragraphs, PartForm, Required
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import _l, mark


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


class VoidForm(PartForm):
    """Why something was entered in error."""

    reason = Paragraphs(_l("What was wrong"), [Required()], length=1000)


@dataclass(frozen=True)
class Question:
    """What the page says: the question, where it stands, what follows, the verb, and how the deed is told."""

    title: str
    text: str
    verb: str
    done: str
    back: str
    crumbs: Sequence[tuple[str, str]]
    facts: Sequence[str] = ()


def ask(record: Kept, question: Question) -> Any:
    """Ask for the reason and void, then go back. Where something stands against it, tell that instead of the form."""
    form = VoidForm(data=versions.carried(record))
    tried = attempt(form, lambda: void(record, form.reason.data or ""), record)
    if tried.done:
        notice.done(question.done)
        return redirect(question.back)
    against = record.against_voiding
    refused = tried.refused or (Refused(*against) if against else None)
    shown = {"form": form, "question": question, "refused": refused, "blocked": bool(against)}
    return render_template("void.html", **shown), refused.status if refused else tried.status
