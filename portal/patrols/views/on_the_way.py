"""What is noted on the way, most often on a phone."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from portal.engine import clock, notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.forms import PartForm, optional_id
from portal.engine.refusal import Conflict
from portal.engine.text import _
from portal.organisation.queries import force_of, forces_on
from portal.patrols import actions
from portal.patrols.actions import Change
from portal.patrols.forms import SHOWN, StopForm, TeamForm, chosen_day, stop_form
from portal.patrols.models import Landmark, Patrol, PatrolStop
from portal.patrols.presenters import meanwhile
from portal.patrols.queries import landmarks_on
from portal.patrols.views.blueprint import bp
from portal.patrols.views.pages import shown


@bp.route("/<int:id>/point", methods=["GET", "POST"])
@opens(Patrol, to="note", form=StopForm)
def pass_point(patrol: Patrol) -> Any:
    points = {one.id: one for one in landmarks_on(patrol.commune_id, patrol.day)}
    form = _point_form(patrol, points)

    def deed() -> PatrolStop:
        chosen = optional_id(form.landmark_id.data)
        point = points[chosen] if chosen else None
        at = actions.passed_at(patrol.span, form.at.data, chosen_day(form.passed_on), "passed_on")
        seen = form.text.data or "", bool(form.attention.data)
        return actions.pass_point(patrol, point, form.where.data or "", at, *seen, form.shown_version(), form.known())

    tried = attempt(form, deed)
    if tried.done:
        notice.done(_("%(name)s is noted.", name=tried.made.name))
        return redirect(url_for(".show", id=patrol.id))
    if isinstance(tried.refused, Conflict):  # the point that somebody noted meanwhile has to be on the page
        form = _point_form(patrol, points)
        form.place(tried.refused)
    shown_with = {"refused": tried.refused, "now": meanwhile.of_point(tried.refused)}
    return render_template("patrols/point.html", patrol=patrol, form=form, **shown_with), tried.status


def _point_form(patrol: Patrol, points: Mapping[int, Landmark]) -> StopForm:
    """The form over the way as it stands now."""
    now, days = clock.now().astimezone(clock.VIETNAM), patrol.span.days
    day = now.date() if now.date() in days else days[-1]
    known = {f"{SHOWN}{stop.id}": stop.version for stop in patrol.ways}
    form = stop_form(patrol)(data={"at": now.time(), "passed_on": day.isoformat(), "version": patrol.version, **known})
    form.fill_lists(patrol)
    form.landmark_id.choices = [("", "–"), *((str(one.id), one.name) for one in points.values())]
    return form


@bp.post("/points/<int:id>/passed")
@opens(PatrolStop, to="note", form=PartForm)
def passed(stop: PatrolStop) -> Any:
    """A planned point is passed now: one tap."""
    patrol = stop.patrol
    tried = attempt(PartForm(), lambda: actions.pass_point(patrol, stop.landmark, stop.place, clock.now()), stop)
    if tried.refused:
        return shown(patrol, tried.refused), tried.status
    if tried.done:
        notice.done(_("%(name)s is noted.", name=stop.name))
    return redirect(url_for(".show", id=patrol.id))


@bp.route("/<int:id>/team", methods=["GET", "POST"])
@opens(Patrol, to="note", form=TeamForm)
def team(patrol: Patrol) -> Any:
    """Somebody joined, left, or the means are others."""
    forces = {one.id: one for one in forces_on(patrol.commune_id, clock.today())}
    own = patrol.force_of(force_of(current_user.acting))
    now, days = clock.now().astimezone(clock.VIETNAM), patrol.span.days
    day = now.date() if now.date() in days else days[-1]
    form = TeamForm(
        version=patrol.version, unit_id=str(own.unit_id) if own else "", at=now.time(), passed_on=day.isoformat()
    )
    form.fill_lists(patrol)
    form.unit_id.choices = [("", "–"), *((str(one.id), one.title) for one in forces.values())]

    def deed() -> Any:
        at = None
        if patrol.started_at and form.at.data:
            at = actions.passed_at(patrol.span, form.at.data, chosen_day(form.passed_on), "passed_on")
        return actions.change_team(patrol, Change(
            forces[int(form.unit_id.data)], form.why.data or "", form.count.data, form.in_charge.data or "",
            form.means.data or "", at,
        ))  # fmt: skip

    tried = attempt(form, deed, patrol)
    if tried.done:
        notice.done(_("The change is noted."))
        return redirect(url_for(".show", id=patrol.id))
    shown_with = {"refused": tried.refused, "now": meanwhile.of_team(patrol, tried.refused)}
    return render_template("patrols/team.html", patrol=patrol, form=form, **shown_with), tried.status
