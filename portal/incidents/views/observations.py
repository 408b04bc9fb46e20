"""Pages of observations."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.books import doubles
from portal.books.values import facts_of
from portal.books.views import filled
from portal.documents.forms import UploadForm
from portal.documents.presenter import files_shown
from portal.documents.views.attaching import AttachTo, attach_page
from portal.engine import clock, notice
from portal.engine.access import allows, lists, may, opens
from portal.engine.deeds import attempt, take_step
from portal.engine.forms import TO_CHOOSE, EditForm
from portal.engine.intake import asked_for
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.uploads import takes_a_file
from portal.incidents import actions, sync
from portal.incidents.books import INCIDENTS
from portal.incidents.forms import CloseForm, HandOverForm, IncidentForm, JoinForm
from portal.incidents.models import SOURCE_NAMES, Incident, Observation
from portal.incidents.presenters import observations as presenter
from portal.incidents.queries import incidents_to_name, others_that_sign, own_villages, patrol_for
from portal.incidents.wording import heading_of
from portal.organisation.queries import force_of

bp = Blueprint("observations", __name__, url_prefix="/observations")


@bp.get("/")
@lists(Observation)
def index(found: Select[Any]) -> Any:
    listing = presenter.listing(found)
    rows = [presenter.row(one) for one in listing.rows]
    return render_template("observations/index.html", listing=listing, rows=rows, sources=SOURCE_NAMES)


@bp.get("/<int:id>")
@opens(Observation, to="read")
def show(observation: Observation) -> Any:
    return _page(observation)


def _page(observation: Observation, refused: Refused | None = None) -> str:
    return render_template(
        "observations/show.html", observation=observation, sources=SOURCE_NAMES,
        heading=presenter.heading(observation), standing=presenter.standing(observation),
        ways=presenter.ways(current_user, observation), waited_for=presenter.waited_for(current_user, observation),
        story=presenter.story(observation), refused=refused, files=files_shown(current_user, observation),
        attaches=not observation.against_files and may(current_user, "attach", observation),
        turns=presenter.turns(current_user, observation),
        incident=presenter.incident_of(current_user, observation),
        patrol=observation.patrol if observation.patrol and may(current_user, "read", observation.patrol) else None,
    )  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@allows(Observation, to="write")
def new() -> Any:
    """A first note; of a patrol where the address names one."""
    patrol = _patrol_of_address()
    form = sync.observation_form(patrol)
    tried = attempt(form, lambda: sync.note_down(patrol, form, current_user))
    if tried.done:
        notice.done(_("%(number)s is noted down.", number=tried.made.number))
        return redirect(url_for(".show", id=tried.made.id))
    return render_template("observations/new.html", form=form, patrol=patrol, refused=tried.refused), tried.status


@bp.route("/report", methods=["GET", "POST"])
@allows(Observation, to="report")
def report() -> Any:
    """A village head tells the police in one field what happened: today, in the own village, unless they say else."""
    form = sync.report_form()
    tried = attempt(form, lambda: sync.report(None, form, current_user), leads_to=url_for("home.show"))
    if tried.done:
        number = tried.made.number
        came, link = _("The commune police has it: number %(number)s.", number=number), _("Read it again")
        notice.done(came, "", link, url_for(".show", id=tried.made.id))
        return redirect(url_for("home.show"))
    more = bool(form.where.data or form.where.errors or form.happened_on.data != clock.today())
    shown = {"form": form, "villages": own_villages(current_user), "more": more, "refused": tried.refused}
    return render_template("observations/report.html", **shown), tried.status


def _patrol_of_address() -> Any:
    """Raises 404 where the address names a patrol that is not the user's to write of."""
    if "patrol" not in request.args:
        return None
    named = asked_for("patrol")
    return (patrol_for(current_user, named) if named else None) or abort(404)


@bp.route("/<int:id>/photos", methods=["GET", "POST"])
@opens(Observation, to="attach", form=UploadForm)
@takes_a_file
def photos(observation: Observation) -> Any:
    back = url_for(".show", id=observation.id)
    crumbs = [(_("Observations"), url_for(".index")), (observation.number, back)]
    return attach_page(observation, AttachTo(back, crumbs, presenter.heading(observation), observation.happened_on))


@bp.route("/<int:id>/hand-over", methods=["GET", "POST"])
@opens(Observation, to="hand_over", form=HandOverForm)
def hand_over(observation: Observation) -> Any:
    forces = {one.id: one for one in others_that_sign(observation.commune_id, force_of(current_user.acting))}
    form = HandOverForm(version=observation.version)
    form.unit_id.choices = [("", "–"), *presenter.forces(current_user, forces.values())]
    tried = attempt(form, lambda: actions.hand_over(
        observation, forces[int(form.unit_id.data)], current_user
    ), observation)  # fmt: skip
    if tried.done:
        notice.done(_("Handed over. It waits for the receipt."))
        return redirect(url_for(".show", id=observation.id))
    shown = {"observation": observation, "form": form, "refused": tried.refused}
    return render_template("observations/hand_over.html", **shown), tried.status


@bp.post("/<int:id>/receipt")
@opens(Observation, to="receive")
def receive(observation: Observation) -> Any:
    tried = attempt(EditForm(), lambda: actions.confirm_receipt(observation, current_user), observation)
    if tried.refused:
        return _page(observation, tried.refused), tried.status
    if tried.done:
        notice.done(_("The receipt is confirmed."))
    return redirect(url_for(".show", id=observation.id))


@bp.post("/<int:id>/<any(accept):transition>")
@opens(Observation, to="read")
def take(observation: Observation, transition: str) -> Any:
    form = EditForm()
    if refused := take_step(observation, transition, form):
        return _page(observation, refused), refused.status
    notice.done(_("%(number)s: %(state)s.", number=observation.number, state=observation.standing.label))
    return redirect(url_for(".show", id=observation.id))


@bp.route("/<int:id>/incident", methods=["GET", "POST"])
@opens(Observation, to="become", form=IncidentForm)
def become(observation: Observation) -> Any:
    """Write it down as an incident: what was seen stands in the form already. The rest is asked for once the address
    asks for it; else it is completed like that of any incident that was begun in a hurry."""
    known, quick = presenter.as_incident(observation), "all" not in request.args
    form = filled(IncidentForm, **known)
    form.version.data = form.version.data or str(observation.version)
    if quick:
        form.keep_only((*INCIDENTS.quick, *(name for name, value in known.items() if value)))

    def deed() -> Incident:
        facts = facts_of(form, Incident)
        doubles.ask_once(current_user, INCIDENTS, form, facts, observation.commune_id)
        return actions.make_incident(observation, facts, current_user)

    tried = attempt(form, deed, observation)
    if tried.done:
        notice.done(_("%(number)s is written down.", number=tried.made.number))
        return redirect(url_for("incidents.show", id=tried.made.id))
    same, refused = doubles.doubted(tried)
    shown = {
        "observation": observation, "heading": presenter.heading(observation), "form": form, "refused": refused,
        "same": same, "book": INCIDENTS, "quick": quick,
    }  # fmt: skip
    return render_template("observations/become.html", **shown), tried.status


@bp.route("/<int:id>/join", methods=["GET", "POST"])
@opens(Observation, to="join", form=JoinForm)
def join(observation: Observation) -> Any:
    """Add it to an incident that is there: those of its village and days stand before all others."""
    offered = {one.id: one for one in incidents_to_name(current_user, near=observation)}
    form = JoinForm(version=observation.version)
    form.incident_id.choices = [TO_CHOOSE, *((str(one.id), heading_of(one)) for one in offered.values())]

    def deed() -> Incident:
        incident = offered[int(form.incident_id.data)]
        actions.add_to_incident(observation, incident, current_user)
        return incident

    tried = attempt(form, deed, observation)
    if tried.done:
        notice.done(_("%(number)s belongs to %(incident)s now.", number=observation.number, incident=tried.made.number))
        return redirect(url_for("incidents.show", id=tried.made.id))
    shown = {
        "observation": observation, "heading": presenter.heading(observation), "form": form, "refused": tried.refused,
    }  # fmt: skip
    return render_template("observations/join.html", **shown), tried.status


@bp.route("/<int:id>/close", methods=["GET", "POST"])
@opens(Observation, to="close", form=CloseForm)
def close(observation: Observation) -> Any:
    form = CloseForm(version=observation.version)

    def deed() -> Any:
        return observation.workflow.take("close", observation, current_user, form.reason.data or "")

    tried = attempt(form, deed, observation)
    if tried.done:
        notice.done(_("The observation is closed."))
        return redirect(url_for(".show", id=observation.id))
    shown = {"observation": observation, "form": form, "refused": tried.refused}
    return render_template("observations/close.html", **shown), tried.status
