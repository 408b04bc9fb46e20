"""What if: a shortening or an absence tried out on a case. It is only looked at, and leads to the proposal."""

from typing import Any

from flask import render_template, request
from flask_login import current_user
from sqlalchemy import inspect

from portal.cases.forms.what_if import TryAbsenceForm, TryCutForm
from portal.cases.models import Case
from portal.cases.presenters import what_if, what_if_away
from portal.cases.presenters.deeds import may_be_shortened
from portal.cases.presenters.what_if import Outcome
from portal.cases.presenters.what_if_away import Away
from portal.cases.views.blueprint import bp
from portal.engine.access import opens, rights

RIGHTS = ("propose", "record")


@bp.get("/cases/<int:id>/what-if")
@opens(Case, to="read_dates")
def try_out(case: Case) -> Any:
    """Which days would move, each with its reason, before anything is proposed."""
    cut, absence = TryCutForm(case, request.args), TryAbsenceForm(case, request.args)
    outcome = _outcome(case, cut, absence) if case.running else None
    wrong = cut.errors or absence.errors
    shown = {"case": case, "cut": cut, "absence": absence, "outcome": outcome, "may_be_cut": may_be_shortened(case),
             "asked": (cut.asked or absence.asked) and not wrong, "rights": rights(current_user, case, RIGHTS),
             "proposes_cut": _proposes(case, "shortening"), "proposes_away": _proposes(case, "absence")}  # fmt: skip
    return render_template("cases/what_if.html", **shown), 422 if wrong else 200


def _outcome(case: Case, cut: TryCutForm, absence: TryAbsenceForm) -> Outcome | None:
    if cut.answers_it and may_be_shortened(case):
        return what_if.of_cut(case, cut.decided_on.data, cut.months.data or 0)
    if absence.answers_it:
        typed = (absence.ticked(name) for name in ("medical", "abroad", "consented"))
        return what_if_away.of_absence(case, Away(absence.leaves_on.data, absence.returns_on, *typed))
    return None


def _proposes(case: Case, kind: str) -> bool:
    """Whether there are proposals of a kind, and the law of the case knows them: their room stands above this one."""
    known = inspect(Case).relationships["proposals"].mapper.polymorphic_map.get(kind)
    return known is not None and bool(known.class_.suits(case))
