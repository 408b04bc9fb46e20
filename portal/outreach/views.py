"""Ceremonies and meetings held: entered by the head of the village, read by the commune."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from portal.engine import clock, notice, void_page
from portal.engine.access import allows, lists, opens, rights_on
from portal.engine.deeds import attempt
from portal.engine.forms import VoidForm
from portal.engine.listing import Listing
from portal.engine.presentation import day
from portal.engine.text import _, ngettext
from portal.engine.void_page import Question
from portal.organisation.models import RoleGrant
from portal.outreach import actions
from portal.outreach.forms import SessionHeldForm
from portal.outreach.models import SESSION_FORM_NAMES, OutreachSession, SessionForm

bp = Blueprint("outreach", __name__, url_prefix="/outreach")


@bp.get("/")
@lists(OutreachSession)
def index(found: Select[Any]) -> Any:
    orders = {"newest": (OutreachSession.held_on.desc(), OutreachSession.id.desc())}
    kept = found.where(OutreachSession.voided_at.is_(None))
    listing = Listing(kept, OutreachSession, orders=orders, options=(joinedload(OutreachSession.village),))
    voidable = rights_on(current_user, OutreachSession, {one.id for one in listing.rows}, ("void",))
    return render_template("outreach/index.html", listing=listing, forms=SESSION_FORM_NAMES, voidable=voidable)


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
    shown = {"form": form, "villages": villages.values(), "more": more, "refused": tried.refused}
    return render_template("outreach/held.html", **shown), tried.status


def _offices() -> Sequence[RoleGrant]:
    """The roles of the reader's present one, a village each."""
    offices: Sequence[RoleGrant] = current_user.grants_today
    return offices


@bp.route("/<int:id>/void", methods=["GET", "POST"])
@opens(OutreachSession, to="void", form=VoidForm)
def void(session: OutreachSession) -> Any:
    back = url_for(".index")
    return void_page.ask(session, Question(
        title=_("Mark as entered in error?"), text=_("It stays on record with your reason, and counts nowhere."),
        verb=_("Mark as entered in error"), done=_("It is marked as entered in error."), back=back,
        crumbs=[(_("Ceremonies and meetings"), back)],
        facts=[str(SESSION_FORM_NAMES[session.form]), day(session.held_on), session.village.title],
    ))  # fmt: skip
