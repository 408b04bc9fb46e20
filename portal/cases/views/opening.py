"""Writing a file down, before the chief decides on opening it."""

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.cases.actions import opening
from portal.cases.forms import CaseForm, NewCaseForm
from portal.cases.models import Case
from portal.cases.views.blueprint import bp
from portal.engine import clock, notice
from portal.engine.access import allows, opens
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.law import REGIMES
from portal.law.asking import asked
from portal.law.rule import Due, Term
from portal.organisation.queries import villages

TERM = ("type", "received_on", "starts_on", "term_months", "printed_ends_on")  # what the last day is computed from


@bp.route("/cases/new", methods=["GET", "POST"])
@allows(Case, to="draft")
def new() -> Any:
    form = NewCaseForm(received_on=clock.today())
    _offer_villages(form)
    if not form.validate_on_submit() or request.form.get("only") == "dates":
        return _page(form)
    try:
        with transaction(current_user):
            person, commune_id = form.chosen() or form.person(), current_user.acting.commune_id
            case = opening.draft_case(current_user, commune_id, person, **form.papers())
    except Refused as refused:
        return _page(form, refused=refused)
    notice.done(
        _("The file is written down as %(number)s.", number=case.number),
        _("It opens when the chief has decided on the proposal."),
    )
    return redirect(url_for("proposals.new_opening", id=case.id))


@bp.route("/cases/<int:id>/edit", methods=["GET", "POST"])
@opens(Case, to="edit", form=CaseForm)
def edit(case: Case) -> Any:
    form = CaseForm(data={**_kept(case), "version": case.version})
    _offer_villages(form)
    if not form.validate_on_submit():
        return _page(form, case=case)
    try:
        with transaction(current_user, editing=case, version=form.shown_version()):
            opening.change_case(case, form.person(), **form.papers())
    except Refused as caught:
        return _page(form, case=case, refused=form.place(caught), now=form.differing(_kept(case)))
    notice.done(_("The file is changed."))
    return redirect(url_for(".show", id=case.id))


def _kept(case: Case) -> dict[str, Any]:
    """What stands in a file, by the names of the form's fields."""
    of_person = {name: getattr(case.person, name) for name in CaseForm.PERSON}
    return of_person | {name: getattr(case, name) for name in CaseForm.PAPERS}


def _offer_villages(form: CaseForm) -> None:
    found = villages(current_user.acting.commune_id)
    form.village_id.choices = [("", "–"), *((str(village.id), village.title) for village in found)]


def _page(form: CaseForm, case: Case | None = None, refused: Refused | None = None, now: Any = ()) -> Any:
    status = refused.status if refused else 422 if form.errors else 200
    shown = {"form": form, "case": case, "refused": refused, "now": now, "ends": _ends(form)}
    return render_template("cases/new.html", **shown), status


def _ends(form: CaseForm) -> Due | None:
    """The last day by the law, as soon as there is enough to compute it from."""
    start, months, received = form.starts_on.data, form.term_months.data, form.received_on.data
    wrong = any(form[name].errors for name in TERM)
    if wrong or not (isinstance(start, date) and months and received and form.type.data in REGIMES):
        return None
    term = Term(start, months, received, form.printed_ends_on.data)
    return next(iter(asked(REGIMES[form.type.data].last_day, term)), None)
