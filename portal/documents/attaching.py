"""A form with a file that is sent: kept and attached to its record, or why not."""

from collections.abc import Callable
from typing import Any

from flask_login import current_user

from portal.documents import actions, receiving
from portal.documents.forms import Upload, UploadForm
from portal.documents.store import Stored
from portal.engine.db import Record
from portal.engine.deeds import ASKED, WRONG, Attempt
from portal.engine.forms import Form
from portal.engine.presentation import told
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.organisation.queries import force_of


def with_file(form: Form, field: Upload, deed: Callable[[Stored | None], Any]) -> Attempt:
    """Do what a form asks for with its file, which may be missing: it lies on the disk before the transaction begins.

    A refusal is told at its field; that there is no more room for the account, at that of the file.
    """
    if not form.validate_on_submit():
        return Attempt(status=WRONG if form.errors else ASKED)
    stored = receiving.stored(field)
    if field.errors:
        return Attempt(status=WRONG)
    try:
        with transaction(current_user):
            return Attempt(done=True, made=deed(stored))
    except actions.QuotaSpent as spent:
        field.refuse(told(spent.reasons[0]))
        return Attempt(status=WRONG)
    except Refused as caught:
        refused = form.place(caught)
        return Attempt(refused=refused, status=refused.status if refused else WRONG)


def attach(form: UploadForm, to: Record) -> Attempt:
    """The file is looked at, written anew and encrypted before the transaction begins."""
    if form.is_submitted() and to.against_files:
        return Attempt(refused=Refused(*to.against_files), status=WRONG)
    refused = None
    if form.validate_on_submit() and (stored := receiving.stored(form.file)):
        try:
            with transaction(current_user):
                made = actions.attach(
                    to, stored, current_user.id, receiving.most_bytes(), title=form.title.data,
                    dated_on=form.dated_on.data,
                    unit_id=force_of(current_user.acting).id,
                )  # fmt: skip
            return Attempt(done=True, made=made)
        except actions.QuotaSpent as spent:
            form.file.refuse(told(spent.reasons[0]))
        except Refused as caught:
            refused = form.place(caught)
    return Attempt(refused=refused, status=refused.status if refused else WRONG if form.errors else ASKED)
