"""Protected events, recorded afterwards."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import clock, notice, void_page
from portal.engine.access import allows, lists, opens
from portal.engine.deeds import attempt
from portal.engine.forms import VoidForm
from portal.engine.text import _
from portal.engine.void_page import Question
from portal.organisation.queries import forces_on
from portal.patrols import actions
from portal.patrols.actions import Protected
from portal.patrols.forms import protection_form
from portal.patrols.models import EventProtection
from portal.patrols.presenters import protections

bp = Blueprint("protections", __name__, url_prefix="/protections")


@bp.get("/")
@lists(EventProtection)
def index(found: Select[Any]) -> Any:
    listing = protections.listing(found)
    rows = protections.rows(current_user, listing.rows)
    return render_template("patrols/protections.html", listing=listing, rows=rows)


@bp.route("/new", methods=["GET", "POST"])
@allows(EventProtection, to="record")
def new() -> Any:
    commune_id = current_user.acting.commune_id
    forces = forces_on(commune_id, clock.today())
    form = protection_form(forces)(held_on=clock.today())
    tried = attempt(form, lambda: actions.record_protection(
        commune_id,
        Protected(form.occasion.data or "", form.held_on.data, form.where.data or "", form.result.data or ""),
        {unit: form.number_of(unit.id) for unit in forces},
    ))  # fmt: skip
    if tried.done:
        notice.done(_("Recorded."))
        return redirect(url_for(".index"))
    return render_template("patrols/protection.html", form=form, refused=tried.refused), tried.status


@bp.route("/<int:id>/void", methods=["GET", "POST"])
@opens(EventProtection, to="void", form=VoidForm)
def void(protection: EventProtection) -> Any:
    back = url_for(".index")
    return void_page.ask(protection, Question(
        _("Strike out “%(title)s”?", title=protection.occasion),
        _("It stays on record; beside it stands that it was entered in error, and why."),
        _("Strike it out"), _("It is struck out, with the reason."), back, [(_("Protected events"), back)],
    ))  # fmt: skip
