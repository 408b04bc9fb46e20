"""Many cases at once: given to an officer, and accepted by the one who is asked."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.cases.actions import accept_many, assign_many
from portal.cases.actions.assignment import against_giving
from portal.cases.forms import ReassignForm, RequestsForm
from portal.cases.models import Assignment, Case
from portal.cases.presenters import reassigning as presenter
from portal.cases.queries import loads
from portal.cases.views.blueprint import bp
from portal.engine import audit, notice
from portal.engine.access import lists
from portal.engine.db import db
from portal.engine.deeds import ASKED, WRONG, Attempt, attempt
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _, mark, ngettext
from portal.organisation.models import User


@bp.route("/cases/reassign", methods=["GET", "POST"])
@lists(Case, to="assign")
def reassign(cases: Select[Any]) -> Any:
    """First which cases, to whom and why; then the number is said, from whom to whom, and it is asked once more."""
    form, offered = ReassignForm(), loads(current_user.acting.commune_id)
    form.offer((load.officer.id, presenter.told(load)) for load in offered)
    if "back" in request.form or not form.validate_on_submit():
        return _choosing(cases, form), WRONG if form.errors else ASKED
    officer = next(load.officer for load in offered if str(load.officer.id) == form.officer_id.data)
    try:
        _against(_picked(cases, form), officer)
    except Refused as refused:
        return _choosing(cases, form, form.place(refused)), refused.status
    if "sure" not in request.form:
        return _asking(cases, form, officer)
    deed = lambda: assign_many(_picked(cases, form), form.owners, officer, form.reason.data or "")  # noqa: E731
    tried = attempt(form, deed, leads_to=url_for(".reassign"))
    if not tried.done:
        return _choosing(cases, form, tried.refused), tried.status
    asked = ngettext("%(name)s is asked to take %(num)s case.", "%(name)s is asked to take %(num)s cases.",
                     len(tried.made), name=officer.full_name)  # fmt: skip
    notice.done(asked, _("Until the answer each case stays with whom it has."))
    return redirect(url_for(".reassign"))


def _picked(cases: Select[Any], form: ReassignForm) -> list[Case]:
    """The cases that were ticked. Raises Refused if some are open no more, or not theirs to give."""
    wanted = form.owners
    found = list(db.session.scalars(cases.where(Case.id.in_(wanted)).options(*presenter.loaded()).order_by(Case.id)))
    if gone := len(wanted) - len(found):
        left = mark("%(num)s of the cases that were ticked are not open any more. Look through the list again.")
        raise Refused(Misfit("cases", left, num=gone))
    return found


def _against(cases: list[Case], officer: User) -> None:
    if against := against_giving(cases, officer):
        raise Refused(*against)


def _choosing(cases: Select[Any], form: ReassignForm, refused: Refused | None = None) -> str:
    page = presenter.choosing(current_user, cases)
    ticked = set(form.owners) | ({one.id for one in page.free} if request.args.get("all") == "yes" else set())
    audit.tell("list", current_user, None, type="case", rows=len(page.rows))
    return render_template("cases/reassign.html", form=form, page=page, ticked=ticked, refused=refused)


def _asking(cases: Select[Any], form: ReassignForm, officer: User) -> str:
    picked = _picked(cases, form)
    return render_template("cases/reassign_sure.html", form=form, officer=officer, page=presenter.asking(picked))


@bp.route("/cases/requests", methods=["GET", "POST"])
@lists(Assignment, to="accept_many")
def requests(found: Select[Any]) -> Any:
    """What somebody is asked to take, all of it at once but for what they leave out."""
    form = RequestsForm()
    tried = attempt(form, lambda: _accept(found, form), leads_to=url_for(".requests"))
    if tried.done:
        taken = ngettext("You have accepted %(num)s case.", "You have accepted %(num)s cases.", tried.made)
        notice.done(taken, _("What you left out waits for your answer."))
        return redirect(url_for(".requests"))
    return _requests(found, form, tried), tried.status


def _accept(found: Select[Any], form: RequestsForm) -> int:
    waiting = {one.id: one for one in db.session.scalars(presenter.waiting(found))}
    if any(one not in waiting for one in form.shown):
        gone = mark("Some of these requests were answered or taken back meanwhile. Look through the list again.")
        raise Refused(Misfit("requests", gone))
    accept_many([waiting[one] for one in sorted(form.shown)], form.shown, current_user)
    return len(form.shown)


def _requests(found: Select[Any], form: RequestsForm, tried: Attempt) -> str:
    waiting = list(db.session.scalars(presenter.waiting(found)))
    audit.tell("list", current_user, None, type="assignment", rows=len(waiting))
    ticked = set(form.shown) if request.method == "POST" else {one.id for one in waiting}
    page = presenter.requests(waiting)
    return render_template("cases/asked_of_you.html", form=form, page=page, ticked=ticked, refused=tried.refused)
