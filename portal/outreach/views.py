"""Pages of sessions beside those of every book: a village head's two fields, and what became of what was planned."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.books import pages
from portal.books.views import shown
from portal.engine import clock, notice
from portal.engine.access import allows, opens
from portal.engine.deeds import attempt
from portal.engine.forms import ReasonForm
from portal.engine.presentation import day
from portal.engine.text import _, ngettext
from portal.organisation.models import RoleGrant
from portal.outreach import actions
from portal.outreach.books import SESSIONS
from portal.outreach.forms import HeldForm, SessionHeldForm
from portal.outreach.models import SESSION_FORM_NAMES, OutreachSession, SessionForm

bp = pages(SESSIONS)


@bp.route("/held", methods=["GET", "POST"])
@allows(OutreachSession, to="record")
def held() -> Any:
    """In two fields: what was held in the own village, and how many came. The day is today unless another is said.

    Of several villages it asks in which.
    """
    form, villages = SessionHeldForm(held_on=clock.today()), {str(one.unit_id): one.unit for one in _offices()}
    form.village_id.choices = [(key, one.title) for key, one in villages.items()]
    if len(villages) == 1:
        del form.village_id

    def deed() -> Any:
        chosen = SessionForm(form.form.data)
        village = villages[form.village_id.data] if "village_id" in form else next(iter(villages.values()))
        return actions.record_session(
            village, chosen, form.attendance.data or 0, form.held_on.data, form.topic.data or ""
        )

    tried = attempt(form, deed, leads_to=url_for("home.show"))
    if tried.done:
        came = ngettext("%(num)s person came.", "%(num)s people came.", tried.made.attendance)
        name = str(SESSION_FORM_NAMES[tried.made.form])
        told = _("%(what)s of %(day)s is recorded.", what=name, day=day(tried.made.held_on))
        notice.done(told, came, _("Entered in error?"), url_for(".void", id=tried.made.id))
        return redirect(url_for("home.show"))
    more = bool(form.held_on.errors or form.topic.errors or form.topic.data or form.held_on.data != clock.today())
    page = {"form": form, "villages": villages.values(), "more": more, "refused": tried.refused}
    return render_template("outreach/held.html", **page), tried.status


def _offices() -> Sequence[RoleGrant]:
    """The roles of the reader's present one, a village each."""
    offices: Sequence[RoleGrant] = current_user.grants_today
    return offices


@bp.route("/<int:id>/hold", methods=["GET", "POST"])
@opens(OutreachSession, to="hold", form=HeldForm)
def hold(session: OutreachSession) -> Any:
    """What was planned was held: on which day, before how many."""
    form = HeldForm(version=session.version)
    if request.method == "GET" and session.held_on <= clock.today():
        form.held_on.data = session.held_on
    tried = attempt(
        form, lambda: actions.hold(session, form.held_on.data, form.attendance.data or 0, current_user), session
    )
    if tried.done:
        notice.done(_("%(number)s: the change is kept.", number=session.number))
        return redirect(url_for(".show", id=session.id))
    page = {"book": SESSIONS, "entry": session, "form": form, "refused": tried.refused}
    return render_template("outreach/hold.html", **page), tried.status


@bp.post("/<int:id>/<any(cancel):transition>")
@opens(OutreachSession, to="cancel", form=ReasonForm)
def take(session: OutreachSession, transition: str) -> Any:
    form = ReasonForm()
    tried = attempt(form, lambda: actions.cancel(session, form.words(), current_user, form.shown_version()), session)
    if tried.done:
        notice.done(_("%(number)s: the change is kept.", number=session.number))
        return redirect(url_for(".show", id=session.id))
    told = {
        "failed": transition, "reason": form.reason.data or "", "wrong": form.reason.errors, "refused": tried.refused,
    }  # fmt: skip
    return shown(SESSIONS, session, **told), tried.status
