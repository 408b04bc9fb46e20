"""Pages of who has what in hand."""

from typing import Any

from flask import abort, render_template, request
from flask_login import current_user
from sqlalchemy import Select

from portal.cases.models import Case
from portal.duties import presenter as duty_rows
from portal.duties.models import Duty
from portal.duties.queries import how_many, loaded
from portal.engine import audit
from portal.engine.access import lists, may_open, reach
from portal.engine.db import db
from portal.engine.intake import id_in
from portal.proposals.models import Proposal
from portal.workload import queries
from portal.workload.presenters import board as presenter
from portal.workload.views.blueprint import bp


@bp.get("/cases/workload")
@lists(Case, to="assign")
def board(cases: Select[Any]) -> Any:
    """The chief's board: officers by cases, duties that press, drafts and what came back."""
    hands = queries.hands(current_user.acting.commune_id)
    duties, proposals = reach(current_user, "oversee", Duty), reach(current_user, "read", Proposal)
    page = presenter.board(hands, cases, duties, proposals)
    audit.tell("list", current_user, None, type="case", rows=page.running)
    names = {"when": presenter.WHEN_NAMES, "short": presenter.SHORT_NAMES, "unsent": presenter.UNSENT_NAMES}
    return render_template("workload/board.html", page=page, **names)


@bp.get("/cases/workload/duties")
@lists(Duty, to="oversee")
def duties(found: Select[Any]) -> Any:
    """The duties that a number of the board counted. A mistyped filter is no page."""
    hands = queries.hands(current_user.acting.commune_id)
    who, when = request.args.get("who", ""), request.args.get("when", "")
    owner = queries.owner_among(found, id_in(who))
    name = owner.full_name if owner else presenter.name_of(hands, who)
    if not name or when not in presenter.WHEN_NAMES:
        abort(404)
    pressing = queries.owed(found, who, when, hands.commune_id)
    soonest = pressing.options(*loaded()).order_by(Duty.due_on, Duty.id).limit(duty_rows.MOST)
    rows = duty_rows.rows(current_user, db.session.scalars(soonest).unique())
    audit.tell("list", current_user, None, type="duty", rows=len(rows))
    return render_template(
        "workload/duties.html", rows=rows, count=how_many(pressing), name=name, head_of=presenter.WHEN_NAMES[when],
        when=when, board=may_open(current_user, "workload.board"),
    )  # fmt: skip
