"""Who is invited, who comes, who came; and the end of the meeting."""

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_login import current_user

from portal.engine import clock, versions
from portal.engine.access import opens
from portal.engine.forms import optional_id
from portal.engine.text import _
from portal.meetings import actions, queries
from portal.meetings.forms import AnswerForm, ChairForm, EndForm, HoldForm, InviteForm, WhyForm, hold_form
from portal.meetings.models import Attendance, Meeting
from portal.meetings.presenters.page import facts
from portal.meetings.views.blueprint import bp
from portal.meetings.views.writing import Sheet, people, written


@bp.route("/<int:id>/invite", methods=["GET", "POST"])
@opens(Meeting, to="arrange", form=InviteForm)
def invite(meeting: Meeting) -> Any:
    """Ask somebody more to come."""
    form, grants = InviteForm(needed=False, version=meeting.version), queries.colleagues(meeting.commune_id)
    form.user_id.choices = [("", "–"), *people(grants)]
    form.unit_id.choices = [
        ("", "–"),
        *((str(one.id), one.title) for one in queries.units_for_tasks(meeting.commune_id)),
    ]
    return written(
        meeting, form, Sheet(_("Invite somebody"), _("Invite"), _("Invited.")),
        lambda: actions.invite_typed(
            meeting, grants, optional_id(form.user_id.data), optional_id(form.unit_id.data), form.name.data or "",
            form.title.data or "", needed=bool(form.needed.data),
        ), meeting,
    )  # fmt: skip


@bp.route("/invitations/<int:id>/withdraw", methods=["GET", "POST"])
@opens(Attendance, to="void", form=WhyForm)
def uninvite(attendance: Attendance) -> Any:
    form = WhyForm(data=versions.carried(attendance))
    name = attendance.called
    sheet = Sheet(
        _("Take back the invitation of %(name)s", name=name), _("Take it back"), _("Taken back."), danger=True
    )
    return written(
        attendance.meeting, form, sheet, lambda: actions.uninvite(attendance, form.reason.data or ""), attendance
    )


@bp.route("/invitations/<int:id>/answer", methods=["GET", "POST"])
@opens(Attendance, to="answer", form=AnswerForm)
def answer(attendance: Attendance) -> Any:
    """Say whether one comes, or who comes instead."""
    comes = {True: "yes", False: "no", None: ""}[attendance.comes]
    form = AnswerForm(data={"comes": comes, **versions.carried(attendance)})
    return written(
        attendance.meeting, form,
        Sheet(_("Answer the invitation"), _("Send the answer"), _("Your answer is kept."), facts(attendance.meeting)),
        lambda: actions.answer(attendance, form.comes.data == "yes", form.substitute.data or ""), attendance,
    )  # fmt: skip


@bp.route("/<int:id>/attendance", methods=["GET", "POST"])
@opens(Meeting, to="arrange", form=HoldForm)
def hold(meeting: Meeting) -> Any:
    """Write down who is there; with the other button the meeting begins, if they are enough."""
    invited = queries.load(meeting).invited
    began = queries.local(meeting.began_at or meeting.starts_at)
    kept = {"on": began.date(), "began": began.time(), **_came(invited)}
    form = hold_form(invited)(data={**kept, "version": meeting.version})
    begins = meeting.state == "convened" and request.form.get("begin") == "begin"

    def deed() -> None:
        actions.record_attendance(meeting, form.present(invited), form.substitutes(invited))
        actions.record_stays(meeting, form.began_at, form.stays(invited))
        if begins:
            actions.hold(meeting, form.began_at, current_user)
        elif meeting.took_place:
            actions.correct_beginning(meeting, form.began_at)

    done = _("The meeting has begun.") if begins else _("Recorded who is there.")
    sheet = Sheet(_("Who is there"), _("Save who is there"), done)
    return written(meeting, form, sheet, deed, meeting, kept, invited=invited, template="meetings/hold.html")


def _came(invited: Iterable[Attendance]) -> dict[str, Any]:
    """What stands of each who is invited, by the names of the form: as recorded or, until then, as they answered."""
    found: dict[str, Any] = {}
    for one in invited:
        found[f"present_{one.id}"] = one.comes is True if one.present is None else one.present
        for name, at in (("came", one.came_at), ("left", one.left_at)):
            found[f"{name}_{one.id}"] = queries.local(at).time() if at else None
    return found


@bp.route("/<int:id>/chair", methods=["GET", "POST"])
@opens(Meeting, to="arrange", form=ChairForm)
def chair(meeting: Meeting) -> Any:
    """Name who takes the chair in place of whoever was to take it."""
    grants = queries.chairs(meeting.commune_id)
    form = ChairForm(version=meeting.version)
    form.chair_id.choices = [("", "–"), *people(one for one in grants if one.user_id != meeting.chair_id)]
    about = [_("The chair approves the minutes. %(name)s does so no more.", name=meeting.chair.full_name)]

    def deed() -> None:
        grant = next(one for one in grants if one.user_id == int(form.chair_id.data))
        actions.take_chair(meeting, grant, form.reason.data or "", current_user)

    sheet = Sheet(_("Who takes the chair"), _("Change the chair"), _("The chair is changed."), about)
    return written(meeting, form, sheet, deed, meeting)


@bp.route("/<int:id>/end", methods=["GET", "POST"])
@opens(Meeting, to="arrange", form=EndForm)
def end(meeting: Meeting) -> Any:
    """When it ended, and what the chair concluded for the whole."""
    ended = queries.local(meeting.ended_at or clock.now())
    kept = {"ended": ended.time(), "conclusion": meeting.conclusion}
    form = EndForm(data={**kept, "version": meeting.version})
    return written(
        meeting, form, Sheet(_("End the meeting"), _("Save the end"), _("The end is recorded.")),
        lambda: actions.end(meeting, clock.at(meeting.day, form.ended.data), form.conclusion.data or ""), meeting,
        kept,
    )  # fmt: skip
