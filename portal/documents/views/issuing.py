"""The page on which a signed paper is registered: its number, its day, and the scan of the page that was signed.

Whichever room wrote the paper: it opens the page from its own record, under its own right.
"""

from datetime import date
from typing import Any

from flask import current_app, redirect, render_template, request
from flask_login import current_user

from portal.documents import actions, receiving, register
from portal.documents.forms import IssueForm
from portal.documents.models import OfficialDocument
from portal.documents.numbers import Number
from portal.documents.presenter import size
from portal.documents.store import Stored
from portal.engine import clock, notice
from portal.engine.access import may
from portal.engine.presentation import told
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.transaction import transaction


def page(document: OfficialDocument, back: tuple[str, str], about: str) -> Any:
    """*back* is a pair of label and address, *about* says what the paper is."""
    day = document.dated_on or clock.today()
    number = document.number or str(register.suggested(document, day))
    form = _form(document, number, day)
    refused = None
    if form.validate_on_submit() and form.typed:
        scan = receiving.stored(form.scan)
        if scan or not form.scan.data:
            refused = _issued(document, form, form.typed.spelled_as(document.symbol), scan)
            if refused is None and not form.errors:
                notice.done(*_done(document))
                return redirect(back[1])
    status = refused.status if refused else 422 if form.errors else 200
    return _drawn(document, form, back, about, refused), status


def _form(document: OfficialDocument, number: str, day: date) -> IssueForm:
    """Number and day are suggested; only whoever keeps the register may say why a paper comes afterwards."""
    said = {"signed": document.signed.split(), "afterwards": document.afterwards}
    form = IssueForm(data={"number": number, "dated_on": day, "version": document.version, **said})
    form.fill_lists(document)
    if document.issued:
        return form.for_scan_alone()
    keeps = document.may_be_older and may(current_user, "record_afterwards", document)
    return form if keeps else form.without_reason()


def _issued(document: OfficialDocument, form: IssueForm, number: Number, scan: Stored | None) -> Refused | None:
    """Do it in one transaction; what concerns a field is told there."""
    signed = actions.Signed(number, form.dated_on.data, form.has_signed, form.why_afterwards)
    try:
        with transaction(current_user, editing=document, version=form.shown_version()):
            actions.issue(document, signed, scan, current_user.id, receiving.most_bytes())
    except actions.QuotaSpent as spent:
        form.scan.refuse(told(spent.reasons[0]))
    except Refused as caught:
        return form.place(caught)
    return None


def _done(document: OfficialDocument) -> tuple[str, str]:
    """What was registered, and what is odd about it: another sign, numbers before it that the portal does not know."""
    number = register.number_of(document)
    gap = register.gap_before(document, number, document.dated_on or clock.today()) if number else ""
    own = number is not None and number.of(document.symbol)
    odd = [] if own else [_("Papers of this kind bear the sign %(symbol)s.", symbol=document.symbol)]
    if document.file_differs:
        odd.append(_("The kept file still says %(number)s.", number=document.number_in_file))
    odd += [_("Numbers before it that the portal does not know: %(numbers)s.", numbers=gap)] if gap else []
    return _("%(number)s is registered.", number=document.number), " ".join(odd)


def _drawn(
    document: OfficialDocument, form: IssueForm, back: tuple[str, str], about: str, refused: Refused | None
) -> str:
    day = document.dated_on or clock.today()
    suggested = register.suggested(document, day)
    return render_template(
        "documents/issue.html", document=document, form=form, refused=refused, suggested=suggested, back=back,
        about=about, gap=register.gap_before(document, suggested, day), posted=request.method == "POST",
        limit=size(current_app.config["UPLOAD_BYTES"], whole=True),
    )  # fmt: skip
