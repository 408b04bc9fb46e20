"""Writing the log: in full, or with one tap where nothing was found."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.engine import clock, notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.refusal import Conflict, Plain, Refused
from portal.engine.text import _, as_on_paper, mark
from portal.organisation.queries import force_of
from portal.patrols import actions, sync
from portal.patrols.actions import Logged
from portal.patrols.forms import LogForm, NothingFoundForm
from portal.patrols.models import Patrol, PatrolLog
from portal.patrols.presenters import meanwhile
from portal.patrols.views.blueprint import bp
from portal.patrols.workflow import WRITABLE


@bp.route("/<int:id>/log", methods=["GET", "POST"])
@opens(Patrol, to="log", form=LogForm)
def log(patrol: Patrol) -> Any:
    """The log, as it was, as it is written again after a dispute, or as whoever wrote it corrects it."""
    if request.method == "GET" and not _is_writable(patrol):
        return redirect(url_for(".show", id=patrol.id))
    form = sync.form_of_log(patrol)
    tried = attempt(form, lambda: sync.write_log(patrol, form, current_user), patrol)
    if tried.done:
        return _done(patrol)
    shown: dict[str, Any] = {"now": (), "stays": ()}
    if isinstance(tried.refused, Conflict):  # somebody may have added a point or a force: the page has to know it
        form = sync.form_of_log(patrol)
        form.place(tried.refused)
        kept = sync.kept(patrol)
        shown["now"] = meanwhile.of_log(form, patrol, kept, form.catch_up(patrol.ways, kept))
        shown["stays"] = actions.against_log(patrol, force_of(current_user.acting))
    return render_template("patrols/log.html", patrol=patrol, form=form, refused=tried.refused, **shown), tried.status


def _is_writable(patrol: Patrol) -> bool:
    return patrol.state in WRITABLE or patrol.workflow.is_open_to(current_user, patrol, "correct")


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
