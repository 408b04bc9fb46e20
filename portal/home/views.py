"""Home: what needs you, and the page behind "More" on a phone."""

from typing import Any

from flask import Blueprint, current_app, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import selectin_polymorphic

from portal.duties import presenter, queries
from portal.engine import clock
from portal.engine.access import holds, reach, signed_in
from portal.engine.db import db
from portal.home.grid import check_in_grid
from portal.home.told import recorded_for
from portal.proposals.models import KINDS, Proposal

bp = Blueprint("home", __name__)

GROUPS = ("overdue", "today", "later", "right", "ahead")
WAITING = 6


@bp.get("/")
@signed_in
def show() -> Any:
    rows = presenter.rows(current_user, queries.open_until(current_user, clock.today() + presenter.WEEK))
    groups = {name: [row for row in rows if row.when == name] for name in GROUPS}
    quick = [
        {"label": place.label, "url": url_for(place.endpoint), "icon": place.icon}
        for area in current_app.extensions["areas"] for place in area.quick
        if place.right and holds(current_user, place.right[1], place.right[0])
    ]  # fmt: skip
    return render_template(
        "home/show.html", groups=groups, quick=quick, waiting=_waiting(), grid=check_in_grid(current_user),
        told=recorded_for(current_user),
    )  # fmt: skip


def _waiting() -> list[Proposal]:
    """The user's own proposals that others hold."""
    mine = reach(current_user, "read", Proposal).where(
        Proposal.created_by_id == current_user.id, Proposal.state.in_(("submitted", "endorsed"))
    )
    kinds = selectin_polymorphic(Proposal, list(KINDS.values()))
    return list(db.session.scalars(mine.options(kinds).order_by(Proposal.id).limit(WAITING)))


@bp.get("/more")
@signed_in
def more() -> Any:
    return render_template("home/more.html")
