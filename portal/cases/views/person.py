"""What is kept of the person of a case: changed on a page of its own, since other files may speak of them as well."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from portal.cases.models import Case
from portal.cases.queries import further_files
from portal.cases.views.blueprint import bp
from portal.engine import notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.text import _
from portal.people.actions import change_person
from portal.people.forms import PersonForm


@bp.route("/cases/<int:id>/person", methods=["GET", "POST"])
@opens(Case, to="edit_person")
def person(case: Case) -> Any:
    kept = case.person
    form = PersonForm(data={**PersonForm.kept(kept), "version": kept.version})
    form.offer_villages(current_user.acting.commune_id)
    tried = attempt(form, lambda: change_person(kept, form.person()), kept)
    if tried.done:
        notice.done(_("What is kept of the person is changed."))
        return redirect(url_for(".show", id=case.id))
    now = form.differing(PersonForm.kept(kept)) if tried.refused else ()
    shown = {"form": form, "case": case, "refused": tried.refused, "now": now}
    return render_template("cases/person.html", **shown, further=further_files(current_user, case)), tried.status
