"""Papers of a meeting to take along, and what was found wrong in its minutes."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import abort, current_app, send_file

from portal.documents.paper import Paper
from portal.documents.views import word
from portal.engine import ics
from portal.engine.access import opens
from portal.engine.text import _
from portal.meetings import actions, papers, queries
from portal.meetings.forms import ErratumForm
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.models.titles import title
from portal.meetings.presenters.page import minutes_of, told_openly
from portal.meetings.views.blueprint import bp
from portal.meetings.views.writing import Sheet, written

HOUR = 60  # minutes, of a meeting without an agenda


@bp.get("/<int:id>/invitation.docx")
@opens(Meeting, to="read", told_as="print")
def invitation_paper(meeting: Meeting) -> Any:
    return _sent(papers.invitation(queries.load(meeting)), meeting)


@bp.get("/<int:id>/invitation.ics")
@opens(Meeting, to="read", told_as="print")
def invitation_file(meeting: Meeting) -> Any:
    """For calendars; after a move the same appointment goes to its new hour, and leaves them when it is called off.

    Each of these counts higher than what was sent before it: without that a calendar leaves it out.
    """
    lasts = timedelta(minutes=sum(item.minutes for item in meeting.agenda) or HOUR)
    off = meeting.state in ("postponed", "cancelled")
    content = ics.event(
        f"meeting-{meeting.id}@{current_app.name}", title(meeting), meeting.starts_at, lasts, meeting.place,
        2 * meeting.invitation + off, cancelled=off,
    )  # fmt: skip
    return send_file(BytesIO(content), ics.MEDIA_TYPE, True, f"{meeting.number}.ics", etag=False)


@bp.get("/<int:id>/minutes.docx")
@opens(Meeting, to="read", told_as="print")
def minutes_paper(meeting: Meeting) -> Any:
    """As they were approved; before that, as they would be now. One paper, whoever prints it."""
    if not meeting.took_place:
        abort(404)
    loaded = queries.load(meeting)
    return _sent(papers.minutes(loaded, minutes_of(loaded, told_openly(loaded))), meeting)


@bp.get("/items/<int:id>/annex.docx")
@opens(AgendaItem, to="read", told_as="print")
def annex_paper(item: AgendaItem) -> Any:
    """What the minutes leave out of a restricted item, for those whom it concerns."""
    if not item.restricted or not item.heard or not item.meeting.took_place:
        abort(404)
    loaded = queries.load(item.meeting)
    told = [one for one in minutes_of(loaded, {item.id}) if one.item_id == item.id]
    return word.sent(papers.annex(loaded, item, told), f"PL-{item.position}-{loaded.number}")


@bp.get("/<int:id>/conclusions.docx")
@opens(Meeting, to="read", told_as="print")
def conclusions_paper(meeting: Meeting) -> Any:
    """The notice that goes to each force's superior, once the minutes are approved."""
    if meeting.minutes is None:
        abort(404)
    return _sent(papers.notice_of_conclusions(queries.load(meeting)), meeting)


def _sent(paper: Paper, meeting: Meeting) -> Any:
    return word.sent(paper, f"{paper.symbol}-{meeting.number}")


@bp.route("/<int:id>/errata", methods=["GET", "POST"])
@opens(Meeting, to="correct", form=ErratumForm)
def erratum(meeting: Meeting) -> Any:
    """Say what is to be read instead, with the reason; the minutes stay as they were approved."""
    form = ErratumForm(version=meeting.version)
    about = [_("The approved text stays. The correction stands under it, on the page and on the paper.")]
    return written(
        meeting, form, Sheet(_("Correct the minutes"), _("Keep the correction"), _("The correction is kept."), about),
        lambda: actions.correct(meeting, form.text.data or "", form.reason.data or ""), meeting,
    )  # fmt: skip
