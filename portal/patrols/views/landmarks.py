"""The catalogue of points."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, or_

from portal.engine import clock, notice
from portal.engine.access import allows, lists, opens
from portal.engine.deeds import attempt
from portal.engine.forms import optional_id
from portal.engine.listing import Chip, Listing
from portal.engine.text import _, _l
from portal.organisation.queries import villages
from portal.patrols import actions
from portal.patrols.actions import LandmarkFacts
from portal.patrols.forms import EndLandmarkForm, LandmarkForm, NewLandmarkForm
from portal.patrols.models import LANDMARK_KIND_NAMES, Landmark, LandmarkKind
from portal.patrols.presenters import sketch

bp = Blueprint("landmarks", __name__, url_prefix="/landmarks")


def _present() -> ColumnElement[bool]:
    return or_(Landmark.valid_to.is_(None), Landmark.valid_to >= clock.today())


@bp.get("/")
@lists(Landmark)
def index(found: Select[Any]) -> Any:
    chips = Chip("present", _l("Points of today"), _present), Chip("all", _l("All points"))
    orders = {"kind": (Landmark.kind, Landmark.name)}
    listing = Listing(found, Landmark, chips=chips, orders=orders)
    drawn = sketch.of_coverage(listing.rows, ())
    return render_template("patrols/landmarks.html", listing=listing, kinds=LANDMARK_KIND_NAMES, sketch=drawn)


@bp.route("/new", methods=["GET", "POST"])
@allows(Landmark, to="create")
def new() -> Any:
    commune_id = current_user.acting.commune_id
    form = NewLandmarkForm(valid_from=clock.today())
    _offer(form, commune_id)
    tried = attempt(form, lambda: actions.enter_landmark(commune_id, _facts(form), form.valid_from.data))
    if tried.done:
        notice.done(_("%(name)s is entered.", name=tried.made.name), "", _("Enter another"), url_for(".new"))
        return redirect(url_for(".index"))
    return render_template("patrols/landmark.html", form=form, landmark=None, refused=tried.refused), tried.status


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(Landmark, to="edit", form=LandmarkForm)
def edit(landmark: Landmark) -> Any:
    form = LandmarkForm(obj=landmark)
    _offer(form, landmark.commune_id)
    tried = attempt(form, lambda: actions.change_landmark(landmark, _facts(form)), landmark)
    if tried.done:
        notice.done(_("Kept."))
        return redirect(url_for(".index"))
    return render_template("patrols/landmark.html", form=form, landmark=landmark, refused=tried.refused), tried.status


def _offer(form: LandmarkForm, commune_id: int) -> None:
    form.village_id.choices = [("", "–"), *((str(one.id), one.title) for one in villages(commune_id))]


def _facts(form: LandmarkForm) -> LandmarkFacts:
    return LandmarkFacts(
        LandmarkKind(form.kind.data), form.name.data or "", form.x.data or 0, form.y.data or 0,
        form.code.data or "", optional_id(form.village_id.data),
    )  # fmt: skip


@bp.route("/<int:id>/end", methods=["GET", "POST"])
@opens(Landmark, to="end", form=EndLandmarkForm)
def end(landmark: Landmark) -> Any:
    form = EndLandmarkForm(last_day=clock.today(), version=landmark.version)
    tried = attempt(form, lambda: actions.end_landmark(landmark, form.last_day.data), landmark)
    if tried.done:
        notice.done(_("The point ends on that day. Its visits stay."))
        return redirect(url_for(".index"))
    return render_template(
        "patrols/landmark_end.html", form=form, landmark=landmark, refused=tried.refused
    ), tried.status
