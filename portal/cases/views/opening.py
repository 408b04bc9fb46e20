"""Writing a file down, before the chief decides on opening it."""

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.cases import doubtful
from portal.cases.actions import opening
from portal.cases.forms import CaseForm, NewCaseForm
from portal.cases.models import Case
from portal.cases.queries import is_kept_elsewhere, page_of_person
from portal.cases.views.blueprint import bp
from portal.engine import clock, notice
from portal.engine.access import allows, opens
from portal.engine.deeds import attempt
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.transaction import transaction, unchanged
from portal.law import REGIMES
from portal.law.asking import asked, credited
from portal.law.rule import Due, Refusal, Term
from portal.lawbook.queries import law_of
from portal.organisation.models import UnitKind
from portal.people.actions import differing

TERM = (
    "type",
    "received_on",
    "starts_on",
    "term_months",
    "detained_days",
    "printed_ends_on",
)  # these give the last day


@bp.route("/cases/new", methods=["GET", "POST"])
@allows(Case, to="draft")
def new() -> Any:
    form = NewCaseForm(received_on=clock.today())
    form.fill_lists()
    if not form.validate_on_submit() or request.form.get("only") == "dates":
        return _page(form)
    try:
        with transaction(current_user):
            person, commune_id = form.chosen() or form.person(), current_user.acting.commune_id
            case = opening.draft_case(current_user, commune_id, person, **form.papers())
    except Refused as refused:
        return _page(form, refused=form.place(refused))
    opens_when = _("It opens when the chief has decided on the proposal.")
    notice.done(
        _("The file is written down as %(number)s.", number=case.number),
        " ".join([opens_when, *_left_as_kept(form)]),
    )
    return redirect(url_for("proposals.new_opening", id=case.id))


def _left_as_kept(form: NewCaseForm) -> list[str]:
    """Where somebody was chosen who was there already: what was typed otherwise, and was not taken over."""
    person = form.chosen()
    if person is None:
        return []
    typed = {name: value for name, value in form.person().items() if value}
    labels = [str(form[name].label.text) for name in differing(person, typed)]
    left = _("What is kept of the person stays as it was: %(fields)s.", fields=", ".join(labels))
    return [left] if labels else []


@bp.route("/cases/<int:id>/edit", methods=["GET", "POST"])
@opens(Case, to="edit", form=CaseForm)
def edit(case: Case) -> Any:
    form = CaseForm(data={**_kept(case), "version": case.version, "person_version": case.person.version})
    form.fill_lists()
    if is_kept_elsewhere(case) and "full_name" not in request.form:
        form.leave_person_out()
    tried = attempt(form, lambda: _change(case, form), case)
    if tried.done:
        notice.done(_("The file is changed."))
        return redirect(url_for(".show", id=case.id))
    return _page(form, case=case, refused=tried.refused, now=form.differing(_kept(case)) if tried.refused else ())


def _change(case: Case, form: CaseForm) -> None:
    """Change a draft and, where it is nobody else's, its person: two records, of which each may be another's by now."""
    if form.has_person:
        unchanged(case.person, form.shown_version("person"))
    opening.change_case(case, form.person() if form.has_person else None, **form.papers())


def _kept(case: Case) -> dict[str, Any]:
    """What stands in a file, by the names of the form's fields."""
    unit = case.supervising_unit
    supervising = "" if unit.kind == UnitKind.POLICE else str(unit.id)
    papers = {name: getattr(case, name) for name in CaseForm.PAPERS}
    return CaseForm.kept(case.person) | papers | {"supervising_unit_id": supervising}


def _page(form: CaseForm, case: Case | None = None, refused: Refused | None = None, now: Any = ()) -> Any:
    status = refused.status if refused else 422 if form.errors else 200
    shown = {"form": form, "case": case, "refused": refused, "now": now, "ends": _ends(form), "doubts": _doubts(form),
             "shared": case is not None and is_kept_elsewhere(case),
             "person_page": page_of_person(current_user, case) if case is not None else None}  # fmt: skip
    return render_template("cases/new.html", **shown), status


def _ends(form: CaseForm) -> Due | None:
    """The last day by the law, as soon as there is enough to compute it from."""
    start, months, received = form.starts_on.data, form.term_months.data, form.received_on.data
    wrong = any(form[name].errors for name in TERM)
    if wrong or not (isinstance(start, date) and months and received and form.type.data in REGIMES):
        return None
    regime = law_of(current_user.acting.commune)[form.type.data]
    credit = credited(regime, form.detained_days.data, start)
    term = Term(start, months, received, form.printed_ends_on.data, credit_days=credit)
    return next(iter(asked(regime.last_day, term)), None)


def _doubts(form: CaseForm) -> list[Refusal]:
    """What is unusual about the term as typed."""
    day, months, received = form.judgment_on.data or form.starts_on.data, form.term_months.data, form.received_on.data
    wrong = any(form[name].errors for name in (*TERM, "judgment_on", "prison_months"))
    if wrong or not (isinstance(day, date) and months and received and form.type.data in REGIMES):
        return []
    regime = law_of(current_user.acting.commune)[form.type.data]
    found = doubtful.out_of_law(regime, months, day, _ends(form), received)
    return [*found, *doubtful.lengths(regime, form.prison_months.data, months, day)]
