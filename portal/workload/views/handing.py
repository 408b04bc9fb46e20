"""Pages of hand-overs: whose work, what they hold, to whom it goes, and what was done."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.documents.queries import document_of
from portal.documents.shown import entered
from portal.documents.views import word
from portal.engine import clock, notice
from portal.engine.access import lists, opens, reach
from portal.engine.db import db
from portal.engine.deeds import ASKED, WRONG, Attempt, attempt
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.organisation.models import User
from portal.organisation.queries import force_of
from portal.workload import actions, queries
from portal.workload.forms import HandoverForm
from portal.workload.models import WorkHandover
from portal.workload.papers import written
from portal.workload.presenters import handing as presenter
from portal.workload.successors import Successors, against_day, successors_of
from portal.workload.views.blueprint import bp


@bp.get("/handovers/")
@lists(WorkHandover)
def handovers(found: Select[Any]) -> Any:
    """What was handed over, and whose work one can have handed over."""
    people = db.session.scalars(queries.by_name(reach(current_user, "pass_on", User))).all()
    done = db.session.scalars(queries.latest(found)).all()
    return render_template("workload/handovers.html", people=people, done=done, presenter=presenter)


@bp.route("/accounts/<int:id>/hand-over", methods=["GET", "POST"])
@opens(User, to="pass_on", form=HandoverForm)
def hand_over(user: User) -> Any:
    """First all that somebody holds, to whom and why; then what goes and what stays, and it is asked once more."""
    form, found = HandoverForm(on=clock.today()), successors_of(_work(user, None), current_user)
    form.offer((str(one.id), presenter.told_person(one)) for one in found.able)
    if "back" in request.form or not form.validate_on_submit():
        return _choosing(user, form, Attempt(status=WRONG if form.errors else ASKED), found)
    taker = next(one for one in found.able if str(one.id) == form.taker_id.data)
    if form.on.data and (against := against_day(_work(user, taker), form.on.data)):
        form.place(Refused(against))
        return _choosing(user, form, Attempt(status=WRONG), found)
    if "sure" not in request.form:
        return _asking(user, taker, form)
    tried = attempt(form, lambda: _done(user, taker, form))
    if tried.done:
        notice.done(_("The work is handed over. The minutes wait for their signatures."))
        return redirect(url_for(".handover", id=tried.made.id))
    return _asking(user, taker, form, tried)


def _work(giver: User, taker: User | None) -> actions.Work:
    return actions.work_of(giver, taker, current_user, current_user.acting.commune_id)


def _done(giver: User, taker: User, form: HandoverForm) -> WorkHandover:
    unit, said = force_of(current_user.acting), (form.among.data or "", form.on.data, form.reason.data or "")
    return actions.hand_over(_work(giver, taker), *said, current_user, unit)


def _choosing(giver: User, form: HandoverForm, tried: Attempt, found: Successors) -> Any:
    work = _work(giver, None)
    page: dict[str, Any] = {"kinds": presenter.kinds(current_user, work), "short": presenter.in_short(work)}
    page |= {"standing": presenter.standing(giver), "unable": presenter.told_unable(found.unable)}
    return render_template("workload/hand_over.html", user=giver, form=form, **page), tried.status


def _asking(giver: User, taker: User, form: HandoverForm, tried: Attempt | None = None) -> Any:
    """What would go to whom; after a lost race as it stands now."""
    work = _work(giver, taker)
    form.among.data = work.fingerprint
    shown = {"user": giver, "taker": taker, "form": form, "refused": tried.refused if tried else None}
    page = {"kinds": presenter.kinds(current_user, work), "short": presenter.in_short(work)}
    return render_template("workload/hand_over_sure.html", **shown, **page), tried.status if tried else ASKED


@bp.get("/handovers/<int:id>")
@opens(WorkHandover, to="read")
def handover(handover: WorkHandover) -> Any:
    papers = entered(current_user, handover)
    kinds = presenter.lines_of(handover)
    return render_template("workload/handover.html", handover=handover, kinds=kinds, papers=papers)


@bp.get("/handovers/<int:id>/minutes")
@opens(WorkHandover, to="read", told_as="print")
def minutes(handover: WorkHandover) -> Any:
    """The minutes to print and sign."""
    paper = written(handover, document_of(handover))
    return word.sent(paper, f"BB-ban-giao-{handover.on:%Y-%m-%d}-{handover.id}")
