"""Home: what needs you, and the page behind "More" on a phone."""

from collections import Counter
from typing import Any

from flask import Blueprint, current_app, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectin_polymorphic

from portal.cases.models import Case
from portal.duties import presenter, queries
from portal.engine import clock
from portal.engine.access import ask_ahead, holds, reach, signed_in
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.text import _
from portal.home.grid import check_in_grid
from portal.home.groups import groups
from portal.home.helped import helped_by
from portal.home.told import told
from portal.home.village import village_page
from portal.organisation.models import ROLE_NAMES, Role
from portal.organisation.presenters import setup
from portal.people.presenter import called
from portal.proposals.models import KINDS, Proposal

bp = Blueprint("home", __name__)

WAITING = 6


@bp.get("/")
@signed_in
def show() -> Any:
    until = clock.today() + presenter.WEEK
    rows = presenter.rows(current_user, queries.open_until(current_user, until, presenter.MOST))
    cut = len(rows) == presenter.MOST
    counts = queries.tally(current_user, until) if cut else Counter(row.when for row in rows)
    following = queries.first_after(current_user, until) if not rows else None
    village = village_page(current_user)
    return render_template(
        "home/village.html" if village else "home/show.html",
        village=village,
        groups=groups(rows),
        counts=counts,
        passed_on=not any(row.mine for row in rows if row.when == "overdue"),
        cut=(presenter.MOST, sum(counts.values())) if cut else None,
        following=next(iter(presenter.rows(current_user, [following] if following else [])), None),
        quick=_quick(),
        waiting=_waiting(),
        grid=check_in_grid(current_user),
        helped=helped_by(current_user),
        told=told(current_user),
        steps=setup.steps(current_user),
    )


def _quick() -> list[dict[str, Any]]:
    """What is entered most often, as the rooms offer it to whoever may."""
    return [
        {"label": place.label, "url": url_for(place.endpoint, **place.arguments), "icon": place.icon}
        for area in current_app.extensions["areas"] for place in area.quick
        if place.right and holds(current_user, place.right[1], place.right[0])
    ]  # fmt: skip


def _waiting() -> list[dict[str, str]]:
    """The user's own proposals that others hold: with whom, and since when."""
    mine = reach(current_user, "read", Proposal).where(
        Proposal.created_by_id == current_user.id, Proposal.state.in_(("submitted", "endorsed"))
    )
    loaded = selectin_polymorphic(Proposal, list(KINDS.values())), joinedload(Proposal.case).joinedload(Case.person)
    found = db.session.scalars(mine.options(*loaded).order_by(Proposal.id).limit(WAITING)).all()
    ask_ahead(current_user, [one.case.person for one in found])
    return [_waits(one) for one in found]


def _waits(proposal: Proposal) -> dict[str, str]:
    title = proposal.titled(called(current_user, proposal.case.person))
    return {"title": title, "url": url_for("proposals.show", id=proposal.id), "text": _with_whom(proposal)}


def _with_whom(proposal: Proposal) -> str:
    whom = ROLE_NAMES[Role(proposal.waits_for)] if proposal.waits_for else proposal.standing.label
    return _("With %(whom)s, submitted on %(day)s", whom=whom, day=day(proposal.submitted_on))


@bp.get("/more")
@signed_in
def more() -> Any:
    return render_template("home/more.html")
