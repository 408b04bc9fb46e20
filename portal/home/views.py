"""Home: what needs you, and the page behind "More" on a phone."""

from collections import Counter
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_login import current_user

from portal.duties import presenter, queries
from portal.engine import clock
from portal.engine.access import holds, signed_in
from portal.engine.listing import MAX_TYPED
from portal.home.finding import numbered
from portal.home.grid import check_in_grid
from portal.home.groups import groups
from portal.home.helped import helped_by, withheld
from portal.home.outings import patrols_today
from portal.home.told import told
from portal.home.village import village_page
from portal.home.waiting import papers_to_sign, proposals_under_way
from portal.organisation.presenters import setup

bp = Blueprint("home", __name__)


@bp.get("/")
@signed_in
def show() -> Any:
    until = clock.today() + presenter.WEEK
    rows = presenter.rows(current_user, queries.open_until(current_user, until, presenter.MOST))
    cut = len(rows) == presenter.MOST
    counts = queries.tally(current_user, until) if cut else Counter(row.when for row in rows)
    following = queries.first_after(current_user, until) if not rows else None
    outings = patrols_today(current_user)
    village = village_page(current_user)
    return render_template(
        "home/village.html" if village else "home/show.html",
        village=village,
        groups=groups(rows, above=len(outings)),
        counts=counts,
        passed_on=not any(row.mine for row in rows if row.when == "overdue"),
        cut=(presenter.MOST, sum(counts.values())) if cut else None,
        following=next(iter(presenter.rows(current_user, [following] if following else [])), None),
        quick=_quick(),
        waiting=proposals_under_way(current_user),
        papers=papers_to_sign(current_user),
        grid=check_in_grid(current_user),
        helped=helped_by(current_user),
        withheld=withheld(current_user),
        told=told(current_user),
        steps=setup.steps(current_user),
        outings=outings,
    )


def _quick() -> list[dict[str, Any]]:
    """What is entered most often, as the rooms offer it to whoever may."""
    return [
        {"label": place.label, "url": url_for(place.endpoint, **place.arguments), "icon": place.icon}
        for area in current_app.extensions["areas"] for place in area.quick
        if place.right and holds(current_user, place.right[1], place.right[0])
    ]  # fmt: skip


@bp.get("/find")
@signed_in
def find() -> Any:
    """What is typed at the top of a page: a number leads to its record, a name to the cases."""
    typed = request.args.get("q", "")[:MAX_TYPED]
    if known := numbered(current_user, typed):
        page, record_id = known
        return redirect(url_for(page, id=record_id))
    return redirect(url_for("cases.index", q=typed))


@bp.get("/more")
@signed_in
def more() -> Any:
    return render_template("home/more.html")
