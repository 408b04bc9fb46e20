"""What half a year or a year of meetings came to."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask_login import current_user

from portal.engine import clock
from portal.engine.access import allows
from portal.engine.listing import ShownChip
from portal.engine.text import _
from portal.meetings.models import Meeting
from portal.meetings.models.titles import title
from portal.meetings.presenters.review import HALVES, review
from portal.meetings.queries import line_ids
from portal.meetings.views.blueprint import bp

FIRST_YEAR = 2020
SECOND_HALF = 7  # the month with which it begins


@bp.get("/reviews")
@allows(Meeting, to="review")
def reviews() -> Any:
    """The period of the address; without one, the half-year of today."""
    today = clock.today()
    year = request.args.get("year", today.year, int)
    half = request.args.get("half", "second" if today.month >= SECOND_HALF else "first")
    if half not in HALVES or not FIRST_YEAR <= year <= today.year + 1:
        abort(404)
    shown = review(current_user, year, half, line_ids(current_user.acting.commune_id))
    return render_template("meetings/reviews.html", review=shown, chips=_chips(year, half), title_of=title)


def _chips(year: int, half: str) -> list[ShownChip]:
    words = {"first": _("First half"), "second": _("Second half"), "year": _("Whole year")}
    found = [ShownChip(words[one], None, url_for(".reviews", year=year, half=one), one == half) for one in words]
    years = [one for one in (year - 1, year + 1) if FIRST_YEAR <= one <= clock.today().year]
    return [*found, *(ShownChip(str(one), None, url_for(".reviews", year=one, half=half), False) for one in years)]
