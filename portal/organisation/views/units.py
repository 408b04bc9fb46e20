"""Units of the commune: its villages and forces, added, named, ended."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import clock, notice
from portal.engine.access import allows, lists, opens
from portal.engine.deeds import attempt
from portal.engine.forms import optional_id
from portal.engine.text import _
from portal.organisation import actions
from portal.organisation.forms import EditUnitForm, EndUnitForm, NewUnitForm
from portal.organisation.models import UNIT_KIND_NAMES, Unit, UnitKind
from portal.organisation.presenters import setup, units
from portal.organisation.queries import holders_in, successors_of

bp = Blueprint("units", __name__, url_prefix="/units")


@bp.get("/")
@lists(Unit)
def index(found: Select[Any]) -> Any:
    listing, steps = units.listing(found), setup.steps(current_user)
    return render_template("organisation/units.html", listing=listing, units=units, kinds=UNIT_KIND_NAMES, steps=steps)


@bp.get("/<int:id>")
@opens(Unit, to="read")
def show(unit: Unit) -> Any:
    held = holders_in(unit.id)
    return render_template("organisation/unit.html", unit=unit, units=units, kinds=UNIT_KIND_NAMES, held=held)


@bp.route("/new", methods=["GET", "POST"])
@allows(Unit, to="create")
def new() -> Any:
    form = NewUnitForm(valid_from=clock.today())
    tried = attempt(form, lambda: actions.add_unit(
        current_user.acting.commune, form.name.data, UnitKind(form.kind.data), form.valid_from.data,
        form.superior.data or "", form.phone.data or "",
    ))  # fmt: skip
    if tried.done:
        notice.done(_("%(name)s is entered.", name=tried.made.title), "", _("Enter another"), url_for(".new"))
        return redirect(url_for(".index"))
    return render_template("organisation/unit_form.html", form=form, unit=None, refused=tried.refused), tried.status


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(Unit, to="edit")
def edit(unit: Unit) -> Any:
    form = EditUnitForm(obj=unit)
    tried = attempt(form, lambda: actions.edit_unit(
        unit, form.name.data, form.superior.data or "", form.phone.data or "", form.called_since.data
    ), unit)  # fmt: skip
    if tried.done:
        notice.done(_("Kept."))
        return redirect(url_for(".show", id=unit.id))
    return render_template("organisation/unit_form.html", form=form, unit=unit, refused=tried.refused), tried.status


@bp.route("/<int:id>/end", methods=["GET", "POST"])
@opens(Unit, to="end", form=EndUnitForm)
def end(unit: Unit) -> Any:
    """End a unit with the roles held in it; another may take its records over."""
    others = {one.id: one for one in successors_of(unit)}
    form = EndUnitForm(last_day=clock.today(), version=unit.version)
    form.fill_lists(unit)

    def deed() -> None:
        chosen = optional_id(form.successor_id.data)
        actions.end_unit(unit, form.last_day.data, others[chosen] if chosen else None)

    tried = attempt(form, deed, unit)
    if tried.done:
        notice.done(_("The unit is ended, and with it the roles held in it."))
        return redirect(url_for(".show", id=unit.id))
    shown = {"form": form, "unit": unit, "refused": tried.refused, "held": holders_in(unit.id)}
    return render_template("organisation/unit_end.html", **shown), tried.status
