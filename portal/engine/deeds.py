"""A form that is sent: the deed that it asks for, or the page once more with why not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_login import current_user

from portal.engine import once
from portal.engine.db import Kept
from portal.engine.forms import EditForm, Form, ReasonForm
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.engine.workflow import Moves

ASKED, WRONG = 200, 422


@dataclass(frozen=True)
class Attempt:
    """What came of a form: what the deed *made* if it is *done*, else the status of the page and what was refused."""

    done: bool = False
    made: Any = None
    refused: Refused | None = None
    status: int = ASKED


def attempt(
    form: Form, deed: Callable[..., Any], editing: Kept | None = None, leads_to: str = "",
    before: Callable[[], Any] | None = None,
) -> Attempt:  # fmt: skip
    """Do what a form asks for once it is sent and valid, in one transaction; a refusal is told at its field.

    *editing* is the record of an `EditForm`: if it changed since the form was shown, nothing is done. *leads_to* is
    kept with the deed: there goes whoever sends the same form again. *before* is slow work that needs no lock, such as
    writing a file: the deed is given what it makes.
    """
    if not form.validate_on_submit():
        return Attempt(status=WRONG if form.errors else ASKED)
    version = form.shown_version() if editing is not None and isinstance(form, EditForm) else None
    try:
        ready = (before(),) if before else ()
        with transaction(current_user, editing, version):
            made = deed(*ready)
            if leads_to:
                once.leads_to(leads_to)
    except Refused as caught:
        refused = form.place(caught)
        return Attempt(refused=refused, status=refused.status if refused else WRONG)
    return Attempt(done=True, made=made)


def take_step(record: Moves, transition: str, form: EditForm) -> Refused | None:
    """Take a step of a record as whoever is signed in, with the words that its form asks for. Gives back what refused
    it; the page tells that where the step stands."""
    version = form.shown_version()
    looked = record.workflow.look_ahead(transition, record, current_user, version)
    try:
        words = form.words() if isinstance(form, ReasonForm) else ""
        with transaction(current_user):
            record.workflow.take(transition, record, current_user, words, version, looked)
    except Refused as refused:
        return refused
    return None
