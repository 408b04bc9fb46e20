"""The list of hotlines: read by all who work in the commune, kept by its office."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import notice, void_page
from portal.engine.access import allows, lists, opens
from portal.engine.deeds import attempt
from portal.engine.forms import VoidForm
from portal.engine.text import _
from portal.engine.void_page import Question
from portal.forces import actions
from portal.forces.actions import Number
from portal.forces.forms import HotlineForm, NewHotlineForm
from portal.forces.models import Hotline
from portal.forces.queries import published

bp = Blueprint("hotlines", __name__, url_prefix="/hotlines")


@bp.get("/")
@lists(Hotline)
def index(_found: Select[Any]) -> Any:
    return render_template("forces/hotlines.html", hotlines=published(current_user), kind=Hotline)


@bp.route("/new", methods=["GET", "POST"])
@allows(Hotline, to="create")
def new() -> Any:
    form = NewHotlineForm(position=len(published(current_user)) + 1)
    tried = attempt(form, lambda: actions.publish(current_user.acting.commune_id, _number(form)))
    if tried.done:
        notice.done(_("%(name)s is published.", name=tried.made.name))
        return redirect(url_for(".index"))
    return render_template("forces/hotline.html", form=form, hotline=None, refused=tried.refused), tried.status


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(Hotline, to="edit", form=HotlineForm)
def edit(hotline: Hotline) -> Any:
    form = HotlineForm(obj=hotline)
    tried = attempt(form, lambda: actions.change(hotline, _number(form)), hotline)
    if tried.done:
        notice.done(_("Kept."))
        return redirect(url_for(".index"))
    return render_template("forces/hotline.html", form=form, hotline=hotline, refused=tried.refused), tried.status


def _number(form: NewHotlineForm) -> Number:
    return Number(form.name.data or "", form.phone.data or "", form.purpose.data or "", form.position.data or 1)


@bp.route("/<int:id>/take-off", methods=["GET", "POST"])
@opens(Hotline, to="void", form=VoidForm)
def take_off(hotline: Hotline) -> Any:
    """A number that nobody answers any more leaves the list, with the reason."""
    back = url_for(".index")
    return void_page.ask(hotline, Question(
        title=_("Take the number off the list?"), text=_("Nobody sees it there any more. It stays in the records."),
        verb=_("Take it off"), done=_("The number is off the list."), back=back,
        crumbs=[(_("Hotlines"), back)], facts=[hotline.name, hotline.phone],
    ))  # fmt: skip
