"""Writing the log: in full, or with one tap where nothing was found."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.engine import clock, notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.presentation import moment
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import _, as_on_paper, mark
from portal.organisation.queries import force_of
from portal.patrols import actions
from portal.patrols.actions import Logged, Visit
from portal.patrols.forms import (
    AT,
    ATTENTION,
    COUNT,
    IN_CHARGE,
    PASSED_ON,
    SEEN,
    SHOWN,
    LogForm,
    NothingFoundForm,
    log_form,
)
from portal.patrols.models import Patrol, PatrolLog, PatrolStop, Span
from portal.patrols.presenters import meanwhile
from portal.patrols.queries import load
from portal.patrols.views.blueprint import bp
from portal.patrols.workflow import WRITABLE


@bp.route("/<int:id>/log", methods=["GET", "POST"])
@opens(Patrol, to="log", form=LogForm)
def log(patrol: Patrol) -> Any:
    """The log, as it was, as it is written again after a dispute, or as whoever wrote it corrects it."""
    if request.method == "GET" and not _is_writable(patrol):
        return redirect(url_for(".show", id=patrol.id))
    form, _known = _form(patrol)
    tried = attempt(form, lambda: actions.write_log(patrol, current_user, _logged(patrol, form)), patrol)
    if tried.done:
        return _done(patrol)
    shown: dict[str, Any] = {"now": (), "stays": ()}
    if isinstance(tried.refused, Conflict):  # somebody may have added a point or a force: the page has to know it
        form, kept = _form(patrol)
        form.place(tried.refused)
        shown["now"] = meanwhile.of_log(form, patrol, kept, form.catch_up(patrol.ways, kept))
        shown["stays"] = actions.against_log(patrol, force_of(current_user.acting))
    return render_template("patrols/log.html", patrol=patrol, form=form, refused=tried.refused, **shown), tried.status


def _is_writable(patrol: Patrol) -> bool:
    return patrol.state in WRITABLE or patrol.workflow.is_open_to(current_user, patrol, "correct")


def _form(patrol: Patrol) -> tuple[LogForm, dict[str, Any]]:
    """The form over the patrol as it stands now, and what it holds of it."""
    kept = _kept(load(patrol))
    form = log_form(patrol)(data=kept)
    form.fill_lists(patrol)
    form.show_unsent(kept)
    return form, kept


def _kept(patrol: Patrol) -> dict[str, Any]:
    """What is known already: the hours, who went, which points were noted on the way."""
    begins = patrol.begins_at.astimezone(clock.VIETNAM)
    ends = (patrol.ended_at or min(clock.now(), patrol.planned_end_at)).astimezone(clock.VIETNAM)
    told: dict[str, Any] = {
        "on": begins.date(), "starts": begins.time(), "ends": max(ends, begins).time(),
        "ends_on": ends.date() if ends.date() > begins.date() else None, "leader": patrol.leader,
        "means": patrol.means, "violations_found": patrol.violations_found, "conclusion": patrol.conclusion,
        "recommendation": patrol.recommendation, "version": patrol.version,
    }  # fmt: skip
    for force in patrol.asked:
        told |= {f"{COUNT}{force.unit_id}": force.count, f"{IN_CHARGE}{force.unit_id}": force.in_charge}
    for stop in patrol.ways:
        at = stop.at.astimezone(clock.VIETNAM) if stop.at else None
        told |= {
            f"{PASSED_ON}{stop.id}": at.date().isoformat() if at else "",
            f"{AT}{stop.id}": at.time() if at else None,
        }
        told |= {f"{SEEN}{stop.id}": stop.text, f"{ATTENTION}{stop.id}": stop.attention}
        told[f"{SHOWN}{stop.id}"] = stop.version
    return told


def _logged(patrol: Patrol, form: LogForm) -> Logged:
    sent = (stop for stop in patrol.ways if form.was_sent(f"{AT}{stop.id}"))
    visits = {stop.id: visit for stop in sent if (visit := _visit(stop, form))}
    units = [force.unit_id for force in patrol.asked if form.was_sent(f"{COUNT}{force.unit_id}")]
    return Logged(
        form.begins_at(), form.ends_at(), form.leader.data or "", form.means.data or "",
        form.violations_found.data or 0, form.conclusion.data or "", form.recommendation.data or "",
        {unit: form.number_of(unit) for unit in units}, {unit: form.in_charge_of(unit) for unit in units}, visits,
    )  # fmt: skip


def _visit(stop: PatrolStop, form: LogForm) -> Visit | None:
    """What the log says of a point; None where only somebody else noted something of it meanwhile, which stands."""
    (day, hour), (seen, attention) = form.passed(stop), form.seen(stop)
    span = Span(form.begins_at(), form.ends_at())
    at = actions.passed_at(span, hour, day, f"{PASSED_ON}{stop.id}") if hour else None
    typed = Visit(at, seen, attention)
    if form.overtaken(stop) and typed != Visit(stop.at, stop.text, stop.attention):
        if typed == Visit(None):
            return None
        form.now_shows(stop)
        told = mark("Somebody noted this point meanwhile: %(time)s. Save once more if your hour is the right one.")
        raise Refused(Misfit(f"{AT}{stop.id}", told, time=moment(stop.at) or "–"))
    if hour is None and (seen or attention):
        raise Refused(Misfit(f"{AT}{stop.id}", mark("Please say at which hour it was passed.")))
    return typed


@bp.route("/<int:id>/nothing-found", methods=["GET", "POST"])
@opens(Patrol, to="log", form=NothingFoundForm)
def nothing_found(patrol: Patrol) -> Any:
    """End the patrol now: as many as planned went, nothing was found."""
    if request.method == "GET" and patrol.state != "under_way":
        return redirect(url_for(".show", id=patrol.id))
    form, now = NothingFoundForm(version=patrol.version), clock.now()
    tried = attempt(form, lambda: _write_nothing(patrol), patrol)
    if tried.done:
        return _done(patrol)
    shown = {"patrol": patrol, "form": form, "now": now, "refused": tried.refused}
    return render_template("patrols/nothing_found.html", **shown), tried.status


def _write_nothing(patrol: Patrol) -> PatrolLog:
    if patrol.state != "under_way" or patrol.started_at is None:
        raise Refused(Plain(mark("Only a patrol that is under way can be ended.")))
    with as_on_paper():  # it is frozen into the log, and stands in the minutes
        nothing = _("Nothing was found.")
    logged = Logged(patrol.started_at, clock.now(), patrol.leader, patrol.means, conclusion=nothing)
    return actions.write_log(patrol, current_user, logged)


def _done(patrol: Patrol) -> Any:
    left = [force.unit.title for force in patrol.awaited]
    waits = _("It waits for: %(names)s.", names=", ".join(left)) if left else _("Every force has signed.")
    notice.done(_("The log of %(number)s is written.", number=patrol.number), waits)
    return redirect(url_for(".show", id=patrol.id))
