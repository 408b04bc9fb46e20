"""The list of meetings, one meeting, and the steps that it takes."""

from datetime import time
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from portal.engine import notice
from portal.engine.access import allows, lists, may_open, opens
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm, ReasonForm
from portal.engine.intake import asked_for, day_asked_for
from portal.engine.listing import Chip, Listing
from portal.engine.refusal import Refused
from portal.engine.text import _, _l
from portal.engine.transaction import transaction
from portal.meetings import actions, queries
from portal.meetings.days import SeriesDay, held_on
from portal.meetings.forms import ChangeMeetingForm, MoveForm, NewMeetingForm, PlanForm
from portal.meetings.models import Meeting, MeetingKind
from portal.meetings.models.titles import title
from portal.meetings.presenters import page
from portal.meetings.views.blueprint import bp
from portal.meetings.views.writing import Sheet, back_to, people, written
from portal.organisation.models import RoleGrant


@bp.get("/")
@lists(Meeting)
def index(meetings: Select[Any]) -> Any:
    chips = (
        Chip("coming", _l("To come"), queries.upcoming),
        Chip("minutes", _l("Minutes under way"), queries.waits_for_minutes, "waiting"),
        Chip("closed", _l("Closed"), lambda: Meeting.state == "closed"),
        Chip("all", _l("All")),
    )
    orders = {"newest": (Meeting.starts_at.desc(),)}
    listing = Listing(meetings, Meeting, chips=chips, orders=orders, options=(joinedload(Meeting.chair),))
    enters = may_open(current_user, "meetings.new")
    return render_template("meetings/index.html", listing=listing, title_of=title, enters=enters)


@bp.get("/<int:id>")
@opens(Meeting, to="read")
def show(meeting: Meeting) -> Any:
    return meeting_page(meeting)


def meeting_page(meeting: Meeting, refused: Refused | None = None, failed: str = "", typed: str = "") -> Any:
    """The page, also after a step that was refused."""
    shown = page.shown(current_user, queries.load(meeting))
    return render_template("meetings/show.html", refused=refused, failed=failed, typed=typed, **shown)


@bp.route("/new", methods=["GET", "POST"])
@allows(Meeting, to="schedule")
def new() -> Any:
    """Enter a meeting; its usual guests are invited at once, and the page that follows shows them."""
    commune_id = current_user.acting.commune_id
    series = queries.series_for(commune_id, asked_for("series"))
    by_rule_on = day_asked_for("day")
    of = SeriesDay(series, by_rule_on) if series and by_rule_on else None
    form = NewMeetingForm(data=_suggested(commune_id, of))
    grants = _offer(form, commune_id)
    tried = attempt(form, lambda: _scheduled(form, commune_id, grants, of))
    if tried.done:
        notice.done(_("The meeting is entered. Look at its agenda and its guests, then send the invitations."))
        return redirect(url_for(".show", id=tried.made.id))
    return render_template("meetings/new.html", form=form, refused=tried.refused), tried.status


def _suggested(commune_id: int, of: SeriesDay | None) -> dict[str, Any]:
    """What a series says of its meeting of a day; without one, a briefing where the commune met last."""
    if of is None:
        return {"kind": MeetingKind.COORDINATION.value, "venue": queries.usual_place(commune_id)}
    series, on = of.series, held_on(of.series, of.by_rule_on)
    return {"kind": series.kind.value, "venue": series.place, "on": on, "at": time(series.hour, series.minute)}


def _scheduled(form: NewMeetingForm, commune_id: int, grants: list[RoleGrant], of: SeriesDay | None) -> Meeting:
    meeting = actions.schedule(MeetingKind(form.kind.data), commune_id, _plan(form, grants), of)
    actions.compile_agenda(meeting)
    return meeting


def _offer(form: PlanForm, commune_id: int) -> list[RoleGrant]:
    """Fill the lists of people; gives back the grants by which somebody may take the chair."""
    chairs, secretaries = queries.chairs(commune_id), queries.secretaries(commune_id)
    form.chair_id.choices = people(chairs)
    form.secretary_id.choices = people(secretaries)
    return [*chairs, *secretaries]


def _plan(form: PlanForm, grants: list[RoleGrant]) -> actions.Plan:
    by_id = {grant.user_id: grant for grant in reversed(grants)}
    chair, secretary = by_id[int(form.chair_id.data)], by_id[int(form.secretary_id.data)].user
    return actions.Plan(form.starts_at, form.venue.data or "", chair, secretary, form.subject.data or "")


def _planned(meeting: Meeting) -> dict[str, Any]:
    """What stands in the plan, by the names of its form."""
    at = queries.local(meeting.starts_at)
    return {
        "subject": meeting.subject, "on": at.date(), "at": at.time(), "venue": meeting.place,
        "chair_id": str(meeting.chair_id), "secretary_id": str(meeting.secretary_id), "quorum": meeting.quorum,
    }  # fmt: skip


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(Meeting, to="arrange", form=ChangeMeetingForm)
def edit(meeting: Meeting) -> Any:
    """Change the plan, while nobody is invited yet."""
    kept = _planned(meeting)
    form = ChangeMeetingForm(data={**kept, "version": meeting.version})
    grants = _offer(form, meeting.commune_id)
    return written(
        meeting, form, Sheet(_("Change the plan"), _("Save the plan"), _("The plan is changed.")),
        lambda: actions.change(meeting, _plan(form, grants), form.quorum.data or 0), meeting, kept,
    )  # fmt: skip


@bp.route("/<int:id>/move", methods=["GET", "POST"])
@opens(Meeting, to="arrange", form=MoveForm)
def move(meeting: Meeting) -> Any:
    """Move a meeting after its invitations: everybody is told, and asked anew."""
    kept = {name: value for name, value in _planned(meeting).items() if name in ("on", "at", "venue")}
    form = MoveForm(data={**kept, "version": meeting.version})
    about = [_("The invitations that were sent hold no more. Everybody is told the new day and the reason.")]
    return written(
        meeting, form, Sheet(_("Move the meeting"), _("Move it and tell everybody"), _("The meeting is moved."), about),
        lambda: actions.move(meeting, form.starts_at, form.venue.data or "", form.reason.data or "", current_user),
        meeting, kept,
    )  # fmt: skip


@bp.route("/<int:id>/reschedule", methods=["GET", "POST"])
@opens(Meeting, to="arrange", form=PlanForm)
def reschedule(meeting: Meeting) -> Any:
    """Give a postponed meeting its new day; it is invited to anew."""
    kept = _planned(meeting)
    form = PlanForm(data={**kept, "version": meeting.version})
    grants = _offer(form, meeting.commune_id)
    return written(
        meeting, form, Sheet(_("Set a new day"), _("Set the new day"), _("The meeting has a new day.")),
        lambda: actions.reschedule(meeting, _plan(form, grants), current_user), meeting, kept,
    )  # fmt: skip


@bp.post("/<int:id>/compile")
@opens(Meeting, to="arrange")
def compile_agenda(meeting: Meeting) -> Any:
    """Put the agenda together from the records."""
    try:
        with transaction(current_user, meeting, EditForm().shown_version()):
            changed = actions.compile_agenda(meeting)
    except Refused as refused:
        return meeting_page(meeting, refused), refused.status
    told = [_("Whoever is invited is told that its items changed.")] if changed else []
    notice.done(" ".join((_("The agenda is compiled from the records of today."), *told)))
    return redirect(back_to(meeting))


STEPS = "convene, draft_minutes, return_minutes, approve_minutes, close, postpone, break_off, cancel"


@bp.post(f"/<int:id>/<any({STEPS}):transition>")
@opens(Meeting, to="read")
def take(meeting: Meeting, transition: str) -> Any:
    form = ReasonForm(request.form)
    try:
        with transaction(current_user):
            reason = form.words()
            meeting.workflow.take(transition, meeting, current_user, reason, form.shown_version())
    except Refused as refused:
        return meeting_page(meeting, refused, transition, form.reason.data or ""), refused.status
    notice.done(_("%(number)s: %(state)s.", number=meeting.number, state=meeting.standing.label))
    return redirect(back_to(meeting))
