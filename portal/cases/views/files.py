"""The list of cases, and a case: to read, to print, to take along as a table."""

from typing import Any

from flask import abort, g, render_template, request
from flask_login import current_user
from sqlalchemy import Select

from portal.cases import sheets
from portal.cases.models import Case
from portal.cases.presenters.handout import handout
from portal.cases.presenters.listing import WHOSE, elsewhere, filters, in_words, listing, overdue_in, worth_showing
from portal.cases.presenters.lookers import lookers as who_looked
from portal.cases.presenters.page import case_page
from portal.cases.presenters.rows import rows
from portal.cases.purpose import RevealForm
from portal.cases.seldom import tell_empty
from portal.cases.views.blueprint import bp
from portal.engine import audit
from portal.engine.access import holds, lists, may, opens
from portal.engine.refusal import NotThis
from portal.organisation.taking_along import MOST_ROWS, PurposeForm, taken_along

REVEALED = {"identity": "read_identity", "contact": "read_contact"}  # what can be shown for a while, and its right


@bp.get("/cases/")
@lists(Case)
def index(cases: Select[Any]) -> Any:
    chosen = filters(current_user, cases)
    found = listing(current_user, cases, chosen)
    return render_template(
        "cases/index.html",
        listing=found,
        rows=rows(current_user, found.rows),
        chips=worth_showing(found.shown_chips()),
        filters=chosen,
        whose=WHOSE,
        filtered_by=in_words(found, chosen),
        overdue=overdue_in(current_user, found),
        elsewhere=elsewhere(found),
        dated=holds(current_user, "read_dates", Case),
    )


@bp.route("/cases/export", methods=["GET", "POST"])
@lists(Case, to="export")
def export(cases: Select[Any]) -> Any:
    form, chosen = PurposeForm(), filters(current_user, cases)
    found = listing(current_user, cases, chosen)
    page = {"form": form, "listing": found, "filtered_by": in_words(found, chosen), "most": MOST_ROWS}
    if not form.validate_on_submit() or found.total > MOST_ROWS:
        return render_template("cases/export.html", **page), 422 if request.method == "POST" else 200
    taken = found.all_rows
    return taken_along(form, "case", len(taken), lambda mark: sheets.written(current_user, taken, mark))


@bp.get("/cases/<int:id>")
@opens(Case, to="read")
def show(case: Case) -> Any:
    return shown(case)


def shown(case: Case, **more: Any) -> Any:
    """The page of a case, also after a step that was refused: *more* carries its reasons and what was typed."""
    tell_empty(case)
    page = case_page(case, current_user, whole_story=request.args.get("story") == "all")
    return render_template("cases/show.html", case=case, page=page, **more)


@bp.get("/cases/<int:id>/sheet")
@opens(Case, to="read_judgment")
def sheet(case: Case) -> Any:
    """One page for the person: days, rights, limits, whom to ask."""
    return render_template("cases/sheet.html", case=case, sheet=handout(case, current_user))


@bp.get("/cases/<int:id>/lookers")
@opens(Case, to="read_lookers")
def lookers(case: Case) -> Any:
    page = request.args.get("page", 1, int)
    return render_template("cases/lookers.html", case=case, found=who_looked(case, page))


@bp.post("/cases/<int:id>/reveal/<what>")
@opens(Case, to="read")
def reveal(case: Case, what: str) -> Any:
    """Ask why, write it down, and show once."""
    right = REVEALED.get(what) or abort(404)
    if not _may_reveal(case, right):
        audit.tell("refused", current_user, case, wanted="reveal", field=what)
        raise NotThis
    form = RevealForm()
    if "reason" not in request.form or not form.validate():
        answer = render_template("cases/reveal.html", case=case, what=what, form=form)
        return answer, 422 if form.errors else 200
    audit.tell("reveal", current_user, case, field=what, reason="#" + audit.digest(str(form.reason.data)))
    g.setdefault("revealed", set()).add((case.person.kind_of_record, case.person.id, right))
    return shown(case)


def _may_reveal(case: Case, right: str) -> bool:
    """Where the name is withheld, so is what stands for it."""
    asked = ("read_name", right.replace("read", "reveal"))
    return all(may(current_user, action, case.person) for action in asked)
