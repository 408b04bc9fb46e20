"""The round of a month at the village hall: roll-call, self-reports and assessments on one page."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.cases.actions import rounds
from portal.cases.actions.rounds import OthersShown, Recorded, RoundRefused
from portal.cases.forms.rounds import RoundForm, VillageForm
from portal.cases.models import RATING_NAMES, Assessment, Case
from portal.cases.monthly_round import may_be_held
from portal.cases.presenters.round import page as presenter
from portal.cases.presenters.round import village as of_village
from portal.cases.presenters.round.page import month_of_page, month_of_round
from portal.cases.views.blueprint import bp
from portal.engine import clock, notice
from portal.engine.access import holds, lists
from portal.engine.deeds import ASKED, WRONG, Attempt, attempt
from portal.engine.text import _, ngettext
from portal.law.days import add_months
from portal.law.rule import ACT_2025


@bp.route("/cases/round", methods=["GET", "POST"])
@lists(Case, to="stand_in")
def monthly_round(cases: Select[Any]) -> Any:
    """One's own cases; for the colleague on duty the others too, with name, village and what can be recorded."""
    month = month_of_page()
    if not may_be_held(month):
        told = presenter.NotHeld(month)
        return render_template("cases/round/not_held.html", page=told), ASKED if told.is_next else 404
    form = RoundForm(month, held_on=_day_of(month))
    back = request.full_path
    tried = attempt(
        form, lambda: rounds.record_round(month, form.given(), form.held_on.data, current_user), leads_to=back
    )
    if tried.done:
        notice.done(_told(tried.made))
        return redirect(back)
    wrong = tried.refused.wrong if isinstance(tried.refused, RoundRefused) else {}
    shown = presenter.page(current_user, cases, month)
    form.names = {row.id: row.name for row in shown.everybody}
    return render_template(
        "cases/round/page.html", page=shown, form=form, wrong=wrong,
        refused=None if wrong else tried.refused, said=form.said if form.is_submitted() else {},
        ratings=RATING_NAMES, grounds=rounds.GROUNDS_OF_POOR,
        graded_from=add_months(ACT_2025, 1), signs=holds(current_user, "sign", Assessment),
    ), tried.status  # fmt: skip


def _day_of(month: Any) -> Any:
    """Today in the month itself; of an earlier one somebody says the day."""
    today = clock.today()
    return today if today.replace(day=1) == month else None


def _told(recorded: Recorded) -> str:
    counts = (
        ngettext("%(num)s roll-call", "%(num)s roll-calls", recorded.calls) if recorded.calls else "",
        ngettext("%(num)s self-report", "%(num)s self-reports", recorded.reports) if recorded.reports else "",
        ngettext("%(num)s assessment", "%(num)s assessments", recorded.assessments) if recorded.assessments else "",
    )
    said = ", ".join(one for one in counts if one)
    return _("Recorded: %(counts)s.", counts=said) if said else _("All of this was recorded already.")


# ── a whole village as suggested ────────────────────────────────────────────────────────────────────────────────────
@bp.route("/cases/round/village/<int:village>", methods=["GET", "POST"])
@lists(Case, to="record")
def round_of_village(cases: Select[Any], village: int) -> Any:
    """First who is taken out; then the number is said, and it is asked once more."""
    month, back = month_of_round(), "back" in request.form
    form = VillageForm(month, held_on=_day_of(month))
    if back or not form.validate_on_submit():
        return _list(cases, village, form, Attempt(status=WRONG if form.errors and not back else ASKED))
    shown = of_village.page(current_user, cases, month, village)
    try:
        rounds.same_shown([row.standing for row in shown.rows], form.seals)
    except OthersShown as refused:
        return _list(cases, village, form, Attempt(refused=refused, status=refused.status))
    return render_template("cases/round/sure.html", page=shown, form=form, refused=None)


@bp.post("/cases/round/village/<int:village>/sure")
@lists(Case, to="record")
def sure_of_village(cases: Select[Any], village: int) -> Any:
    month = month_of_round()
    form = VillageForm(month)
    here = url_for(".monthly_round", month=f"{month:%Y-%m}", village=village)

    def deed() -> int:
        whose = village or None
        return rounds.confirm_village(month, whose, form.seals, form.out, form.held_on.data, current_user)

    tried = attempt(form, deed, leads_to=here)
    if not tried.done:
        return _list(cases, village, form, tried)
    notice.done(ngettext("%(num)s assessment is recorded.", "%(num)s assessments are recorded.", tried.made))
    return redirect(here)


def _list(cases: Select[Any], village: int, form: VillageForm, tried: Attempt) -> Any:
    """The people with what is suggested of each; where that is otherwise by now, what changed."""
    shown = of_village.page(current_user, cases, form.month, village)
    changed = of_village.changed(shown, form.seals) if isinstance(tried.refused, OthersShown) else None
    form.shown.data = shown.seals
    return render_template(
        "cases/round/village.html", page=shown, form=form, changed=changed,
        refused=None if changed else tried.refused,
    ), tried.status  # fmt: skip
