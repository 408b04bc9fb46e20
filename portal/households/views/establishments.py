"""The register of establishments."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import clock, notice, void_page
from portal.engine.access import allows, lists, opens, rights
from portal.engine.deeds import Attempt, attempt
from portal.engine.forms import EditForm, VoidForm
from portal.engine.text import _
from portal.engine.void_page import Question
from portal.households import actions
from portal.households.actions import EstablishmentFacts
from portal.households.forms import CloseForm, EstablishmentForm, NewEstablishmentForm, villages_to_choose
from portal.households.models import Establishment
from portal.households.presenters import register as presenter
from portal.households.views.blueprint import establishments_bp as bp
from portal.organisation.queries import villages


@bp.get("/")
@lists(Establishment)
def index(found: Select[Any]) -> Any:
    listing = presenter.listing(found, Establishment, presenter.villages_of(current_user))
    return render_template(
        "households/establishments.html", listing=listing, rows=listing.rows, shown=presenter.chips(listing)
    )


@bp.get("/<int:id>")
@opens(Establishment, to="read")
def show(establishment: Establishment) -> Any:
    return render_template(
        "households/establishment.html", establishment=establishment,
        pledges=presenter.pledges(current_user, establishment),
        held=rights(current_user, establishment, ("edit", "void")),
    )  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@allows(Establishment, to="create")
def new() -> Any:
    commune_id = current_user.acting.commune_id
    places = {str(one.id): one for one in villages(commune_id)}
    form = NewEstablishmentForm(since=clock.today())
    form.village_id.choices = villages_to_choose(places.values())

    def deed() -> Establishment:
        village = places[form.village_id.data]
        return actions.enter_establishments(village, commune_id, [_facts(form)], form.since.data)[0]

    tried = attempt(form, deed)
    if tried.done:
        notice.done(_("%(number)s is entered.", number=tried.made.number))
        return redirect(url_for(".show", id=tried.made.id))
    return _form(tried, form, None, _("Enter an establishment"), _("Enter the establishment"))


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(Establishment, to="edit", form=EstablishmentForm)
def edit(establishment: Establishment) -> Any:
    form = EstablishmentForm(obj=establishment)
    tried = attempt(form, lambda: actions.change_establishment(establishment, _facts(form)), establishment)
    return _answer(tried, form, establishment, _("Change the establishment"), _("Keep the change"))


@bp.route("/<int:id>/close", methods=["GET", "POST"])
@opens(Establishment, to="edit", form=CloseForm)
def close(establishment: Establishment) -> Any:
    form = CloseForm(on=clock.today(), version=establishment.version)
    tried = attempt(form, lambda: actions.close_establishment(establishment, form.on.data), establishment)
    return _answer(tried, form, establishment, _("Close the establishment"), _("Record that it closed"))


@bp.route("/<int:id>/void", methods=["GET", "POST"])
@opens(Establishment, to="void", form=VoidForm)
def void(establishment: Establishment) -> Any:
    back, name = url_for(".show", id=establishment.id), establishment.trade_name
    question = Question(
        title=_("Strike out %(name)s?", name=name),
        text=_("For what was entered in error, as twice. It stays with the reason, and is counted on no day."),
        verb=_("Strike the establishment out"), done=_("The establishment is struck out."), back=back,
        crumbs=[(_("Establishments"), url_for(".index")), (name, back)],
        facts=[establishment.number, establishment.village.title],
    )  # fmt: skip
    return void_page.ask(
        establishment, question, lambda reason: actions.strike_out_establishment(establishment, reason)
    )


def _facts(form: EstablishmentForm) -> EstablishmentFacts:
    return EstablishmentFacts(
        form.trade_name.data or "", form.business.data or "", form.owner.data or "", form.walk.data
    )


def _answer(tried: Attempt, form: EditForm, establishment: Establishment, title: str, verb: str) -> Any:
    if tried.done:
        notice.done(_("%(number)s: it is recorded.", number=establishment.number))
        return redirect(url_for(".show", id=establishment.id))
    return _form(tried, form, establishment, title, verb)


def _form(tried: Attempt, form: EditForm, establishment: Establishment | None, title: str, verb: str) -> Any:
    shown = {"form": form, "establishment": establishment, "refused": tried.refused, "title": title, "verb": verb}
    return render_template("households/establishment_deed.html", **shown), tried.status
