"""Coordination plans: which forces work together, under which paper, and how often."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import clock, notice
from portal.engine.access import allows, lists, opens
from portal.engine.deeds import Attempt, attempt
from portal.engine.text import _
from portal.organisation import actions
from portal.organisation.actions import PlanFacts
from portal.organisation.forms import EndPlanForm, PlanForm, plan_form
from portal.organisation.forms.plans import PARTY
from portal.organisation.models import BRIEFING_NAMES, Briefing, CoordinationPlan, Unit
from portal.organisation.presenters import plans
from portal.organisation.queries import forces_on, plans_of

bp = Blueprint("plans", __name__, url_prefix="/coordination-plans")


@bp.get("/")
@lists(CoordinationPlan)
def index(found: Select[Any]) -> Any:
    return render_template("organisation/plans.html", listing=plans.listing(found), plans=plans, every=BRIEFING_NAMES)


@bp.get("/<int:id>")
@opens(CoordinationPlan, to="read")
def show(plan: CoordinationPlan) -> Any:
    return render_template("organisation/plan.html", plan=plan, plans=plans, every=BRIEFING_NAMES)


@bp.route("/new", methods=["GET", "POST"])
@allows(CoordinationPlan, to="create")
def new() -> Any:
    commune_id, today = current_user.acting.commune_id, clock.today()
    forces = forces_on(commune_id, today)
    form = plan_form(forces)(dated_on=today, valid_from=today, patrols_a_month=0)
    _ask_what_it_replaces(form, plans_of(commune_id))
    tried = attempt(form, lambda: actions.enter_plan(
        commune_id, _facts(form), _chosen(form, forces), replaces=_replaces(form)
    ))  # fmt: skip
    return _answer(tried, form, None)


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(CoordinationPlan, to="edit", form=PlanForm)
def edit(plan: CoordinationPlan) -> Any:
    parties = [party.unit for party in plan.standing_parties]
    forces = [*parties, *(unit for unit in forces_on(plan.commune_id, clock.today()) if unit not in parties)]
    form = plan_form(forces)(obj=plan, data={f"{PARTY}{unit.id}": True for unit in parties})
    _ask_what_it_replaces(form, [one for one in plans_of(plan.commune_id) if one is not plan])
    tried = attempt(form, lambda: actions.change_plan(
        plan, _facts(form), _chosen(form, forces), replaces=_replaces(form)
    ), plan)  # fmt: skip
    return _answer(tried, form, plan)


def _ask_what_it_replaces(form: PlanForm, others: Sequence[CoordinationPlan]) -> None:
    """Where there is no other plan there is nothing to be replaced."""
    if not others:
        del form.replaces


def _replaces(form: PlanForm) -> bool:
    return "replaces" in form and bool(form.replaces.data)


def _facts(form: PlanForm) -> PlanFacts:
    return PlanFacts(
        form.doc_number.data or "", form.dated_on.data, form.valid_from.data, form.valid_to.data,
        form.superior.data or "", Briefing(form.briefing_every.data), form.patrols_a_month.data or 0,
    )  # fmt: skip


def _chosen(form: PlanForm, forces: list[Unit]) -> list[Unit]:
    chosen = form.chosen()
    return [unit for unit in forces if unit.id in chosen]


def _answer(tried: Attempt, form: PlanForm, plan: CoordinationPlan | None) -> Any:
    if tried.done:
        notice.done(_("The plan is kept."))
        return redirect(url_for(".show", id=plan.id if plan else tried.made.id))
    return render_template("organisation/plan_form.html", form=form, plan=plan, refused=tried.refused), tried.status


@bp.route("/<int:id>/end", methods=["GET", "POST"])
@opens(CoordinationPlan, to="end", form=EndPlanForm)
def end(plan: CoordinationPlan) -> Any:
    form = EndPlanForm(last_day=clock.today(), version=plan.version)
    tried = attempt(form, lambda: actions.end_plan(plan, form.last_day.data, form.reason.data or ""), plan)
    if tried.done:
        notice.done(_("The plan holds to that day."))
        return redirect(url_for(".show", id=plan.id))
    return render_template("organisation/plan_end.html", form=form, plan=plan, refused=tried.refused), tried.status
