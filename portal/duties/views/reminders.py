"""How somebody is reminded: the hours in which no mail goes out, and the secret address that their calendar reads."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask_login import current_user

from portal.duties import feed as feeds
from portal.duties.forms import QuietForm
from portal.engine import ics, notice, once
from portal.engine.access import public, signed_in
from portal.engine.deeds import attempt
from portal.engine.forms import Form
from portal.engine.presentation import whole_address
from portal.engine.qr import code
from portal.engine.text import _
from portal.organisation import throttle
from portal.organisation.models import ROLE_NAMES, Role

bp = Blueprint("reminders", __name__, url_prefix="/reminders")
door = Blueprint("calendar", __name__)


@bp.route("/", methods=["GET", "POST"])
@signed_in
def index() -> Any:
    """The quiet hours, to be set, and whether there is an address for the calendar."""
    hours = {"quiet_from": current_user.quiet_from, "quiet_until": current_user.quiet_until}
    form = QuietForm(**hours, version=current_user.version)

    def deed() -> None:
        current_user.quiet_from, current_user.quiet_until = form.quiet_from.data, form.quiet_until.data

    tried = attempt(form, deed, current_user)
    if tried.done:
        notice.done(_("Kept."))
        return redirect(url_for(".index"))
    found = feeds.active_of(current_user.id)
    shown = {"form": form, "refused": tried.refused, "feed": found, "good": found is not None and feeds.is_good(found),
             "role": _role(found.acting_key) if found else "", "acting": current_user.acting}  # fmt: skip
    return render_template("duties/reminders.html", **shown), tried.status


def _role(key: str) -> str:
    return str(ROLE_NAMES[Role(key.partition(":")[0])])


@bp.post("/calendar-address")
@signed_in
def make_address() -> Any:
    """Make an address. It stands on this answer and nowhere else."""

    def deed() -> str:
        once.leads_to(url_for(".index"))
        return feeds.make(current_user)

    tried = attempt(Form(), deed)
    if not tried.done:
        notice.done(_("You hold no role today, so there is nothing that a calendar could show."))
        return redirect(url_for(".index"))
    address = whole_address(url_for("calendar.feed", secret=tried.made))
    return render_template("duties/calendar_address.html", address=address, code=code(address))


@bp.post("/calendar-address/end")
@signed_in
def end_address() -> Any:
    """Take the address back: it opens nothing from now on."""
    if attempt(Form(), lambda: feeds.take_back(current_user)).done:
        notice.done(_("The address opens nothing any more. Take it out of your calendar too."))
    return redirect(url_for(".index"))


@door.get("/calendar/<string(length=43):secret>.ics")
@public
def feed(secret: str) -> Any:
    """What the owner of an address owes. Whether there never was such an address, or it ended, is told alike."""
    found = feeds.opened(secret)
    if found is None:
        if wait := throttle.seconds_to_wait_for_calendar():
            return _too_often(wait)
        throttle.calendar_failed()
        abort(404)
    if wait := feeds.seconds_to_wait(found):
        return _too_often(wait)
    answer = Response(feeds.written(found), content_type=f"{ics.MEDIA_TYPE}; charset=utf-8")
    answer.headers["Content-Disposition"] = "attachment; filename=duties.ics"
    return answer


def _too_often(seconds: int) -> Response:
    return Response(_("Too many attempts. Please wait %(seconds)s seconds.", seconds=seconds), 429,
                    {"Retry-After": str(seconds)}, content_type="text/plain; charset=utf-8")  # fmt: skip
