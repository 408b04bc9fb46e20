"""Planning a patrol, changing the plan, setting out."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from portal.engine import clock, notice
from portal.engine.access import allows, opens
from portal.engine.deeds import Attempt, attempt
from portal.engine.forms import EditForm
from portal.engine.refusal import Conflict
from portal.engine.text import _
from portal.organisation.models import Unit
from portal.organisation.queries import force_of, forces_on, plan_on
from portal.patrols import actions
from portal.patrols.actions import Planned, Team
from portal.patrols.forms import COUNT, IN_CHARGE, POINT, PatrolForm, patrol_form
from portal.patrols.models import Landmark, Patrol, PatrolKind
from portal.patrols.queries import landmarks_on
from portal.patrols.views.blueprint import bp
from portal.patrols.views.pages import shown


@bp.route("/new", methods=["GET", "POST"])
@allows(Patrol, to="plan")
def new() -> Any:
    commune_id, today, own = current_user.acting.commune_id, clock.today(), force_of(current_user.acting)
    forces, points = _own_first(forces_on(commune_id, today), own), landmarks_on(commune_id, today)
    form = patrol_form(forces, points)(on=today)
    tried = attempt(form, lambda: actions.plan_patrol(commune_id, _planned(form, forces, points), own))
    return _answer(tried, form, None)


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(Patrol, to="edit", form=PatrolForm)
def edit(patrol: Patrol) -> Any:
    teams = [force.unit for force in patrol.asked]
    others = [unit for unit in forces_on(patrol.commune_id, clock.today()) if unit not in teams]
    forces, points = [*teams, *others], landmarks_on(patrol.commune_id, patrol.planned_day)
    form = patrol_form(forces, points)(data=_kept(patrol, forces, points))
    tried = attempt(form, lambda: actions.change_patrol(patrol, _planned(form, forces, points)), patrol)
    lost = isinstance(tried.refused, Conflict)
    return _answer(tried, form, patrol, form.differing(_kept(patrol, forces, points)) if lost else ())


def _own_first(forces: list[Unit], own: Unit) -> list[Unit]:
    return sorted(forces, key=lambda unit: unit.id != own.id)


def _planned(form: PatrolForm, forces: list[Unit], points: list[Landmark]) -> Planned:
    chosen = form.chosen()
    return Planned(
        PatrolKind(form.kind.data), form.begins_at(), form.ends_at(), form.leader.data or "", form.means.data or "",
        tuple(Team(unit, form.number_of(unit.id), form.in_charge_of(unit.id)) for unit in forces),
        tuple(point for point in points if point.id in chosen),
    )  # fmt: skip


def _kept(patrol: Patrol, forces: Sequence[Unit], points: Sequence[Landmark]) -> dict[str, Any]:
    """What stands in a plan, by the names of its form's fields; also which forces and points do not."""
    start, end = (at.astimezone(clock.VIETNAM) for at in (patrol.planned_start_at, patrol.planned_end_at))
    told: dict[str, Any] = {
        "kind": patrol.kind.value, "on": start.date(), "starts": start.time(), "ends": end.time(),
        "ends_on": end.date() if end.date() != start.date() else None, "leader": patrol.leader, "means": patrol.means,
        "version": patrol.version,
    }  # fmt: skip
    told |= {f"{COUNT}{unit.id}": None for unit in forces} | {f"{IN_CHARGE}{unit.id}": "" for unit in forces}
    told |= {f"{POINT}{point.id}": False for point in points}
    for force in patrol.asked:
        told |= {f"{COUNT}{force.unit_id}": force.planned_count, f"{IN_CHARGE}{force.unit_id}": force.in_charge}
    return told | {f"{POINT}{stop.landmark_id}": True for stop in patrol.ways if stop.landmark_id}


def _answer(tried: Attempt, form: PatrolForm, patrol: Patrol | None, now: Sequence[tuple[str, str]] = ()) -> Any:
    if tried.done:
        made: Patrol = patrol or tried.made
        notice.done(_("%(number)s was changed.", number=made.number) if patrol else
                    _("%(number)s is planned.", number=made.number))  # fmt: skip
        return redirect(url_for(".show", id=made.id))
    plan = plan_on(current_user.acting.commune_id, clock.today())
    shown_with = {"form": form, "patrol": patrol, "plan": plan, "refused": tried.refused, "now": now}
    return render_template("patrols/plan.html", **shown_with), tried.status


@bp.post("/<int:id>/start")
@opens(Patrol, to="read")
def start(patrol: Patrol) -> Any:
    form = EditForm()
    tried = attempt(form, lambda: actions.set_out(patrol, current_user, form.shown_version()))
    if tried.refused:
        return shown(patrol, tried.refused), tried.status
    if tried.done:
        notice.done(_("The patrol is under way."))
    return redirect(url_for(".show", id=patrol.id))
