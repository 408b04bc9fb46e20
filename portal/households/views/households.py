"""The register of households: the list, one of them, and the deeds of a day by which it changes."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import clock, notice, void_page
from portal.engine.access import allows, lists, opens, reach, rights
from portal.engine.db import db
from portal.engine.deeds import Attempt, attempt
from portal.engine.forms import EditForm, VoidForm
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _, mark
from portal.engine.void_page import Question
from portal.households import actions
from portal.households.actions import HouseholdFacts
from portal.households.forms import (
    HouseholdForm,
    LeaveForm,
    MergeForm,
    MoveForm,
    NewHouseholdForm,
    SplitForm,
    villages_to_choose,
)
from portal.households.models import Household
from portal.households.presenters import register as presenter
from portal.households.views.blueprint import households_bp as bp
from portal.organisation.models import Unit
from portal.organisation.queries import villages


@bp.get("/")
@lists(Household)
def index(found: Select[Any]) -> Any:
    listing = presenter.listing(found, Household, presenter.villages_of(current_user))
    return render_template("households/index.html", listing=listing, rows=listing.rows, shown=presenter.chips(listing))


@bp.get("/<int:id>")
@opens(Household, to="read")
def show(household: Household) -> Any:
    return render_template(
        "households/show.html", household=household, pledges=presenter.pledges(current_user, household),
        held=rights(current_user, household, ("edit", "move", "void", "take_back")), why=presenter.why,
    )  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@allows(Household, to="create")
def new() -> Any:
    commune_id = current_user.acting.commune_id
    places = {str(one.id): one for one in villages(commune_id)}
    form = NewHouseholdForm(since=clock.today())
    form.village_id.choices = villages_to_choose(places.values())

    def deed() -> Household:
        village = places[form.village_id.data]
        return actions.enter_households(village, commune_id, [_facts(form)], form.since.data)[0]

    tried = attempt(form, deed)
    if tried.done:
        notice.done(_("%(number)s is entered.", number=tried.made.number))
        return redirect(url_for(".show", id=tried.made.id))
    shown = {"form": form, "household": None, "refused": tried.refused, "title": _("Enter a household")}
    return render_template("households/deed.html", verb=_("Enter the household"), **shown), tried.status


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(Household, to="edit", form=HouseholdForm)
def edit(household: Household) -> Any:
    form = HouseholdForm(obj=household)
    tried = attempt(form, lambda: actions.change_household(household, _facts(form)), household)
    return _answer(tried, form, household, _("Change the household"), _("Keep the change"))


@bp.route("/<int:id>/move", methods=["GET", "POST"])
@opens(Household, to="move", form=MoveForm)
def move(household: Household) -> Any:
    places = {str(one.id): one for one in villages(household.commune_id)}
    form = MoveForm(on=clock.today(), version=household.version)
    form.village_id.choices = villages_to_choose(_others(places.values(), household))
    tried = attempt(form, lambda: actions.move(household, places[form.village_id.data], form.on.data), household)
    return _answer(tried, form, household, _("Move to another village"), _("Record the move"))


def _others(places: Any, household: Household) -> list[Unit]:
    """Where it could move: not where it lives."""
    here = household.village.heir_id if household.stay else None
    return [one for one in places if one.heir_id != here]


@bp.route("/<int:id>/split", methods=["GET", "POST"])
@opens(Household, to="move", form=SplitForm)
def split(household: Household) -> Any:
    form = SplitForm(on=clock.today(), version=household.version)

    def deed() -> Household:
        facts = HouseholdFacts(form.head.data or "", form.people.data or 0)
        return actions.split(household, facts, form.on.data)

    return _answer(attempt(form, deed, household), form, household, _("Split the household"), _("Record the split"))


@bp.route("/<int:id>/merge", methods=["GET", "POST"])
@opens(Household, to="move", form=MergeForm)
def merge(household: Household) -> Any:
    form = MergeForm(on=clock.today(), version=household.version)
    tried = attempt(form, lambda: actions.merge(household, _named(form.into.data or ""), form.on.data), household)
    return _answer(tried, form, household, _("Become part of another household"), _("Record the merger"))


def _named(number: str) -> Household:
    """The household of a number, among those that the reader may move."""
    found = db.session.scalars(reach(current_user, "move", Household).where(Household.number == number.upper())).first()
    if found is None:
        raise Refused(Misfit("into", mark("There is no household of this number.")))
    return found


@bp.route("/<int:id>/leave", methods=["GET", "POST"])
@opens(Household, to="move", form=LeaveForm)
def leave(household: Household) -> Any:
    form = LeaveForm(on=clock.today(), version=household.version)
    tried = attempt(form, lambda: actions.leave(household, form.on.data), household)
    return _answer(tried, form, household, _("Leave the commune"), _("Record that it left"))


@bp.route("/<int:id>/void", methods=["GET", "POST"])
@opens(Household, to="void", form=VoidForm)
def void(household: Household) -> Any:
    question = Question(
        title=_("Strike out the household of %(name)s?", name=household.head),
        text=_("For what was entered in error, as twice. It stays with the reason, and is counted on no day."),
        verb=_("Strike the household out"), done=_("The household is struck out."), **_asked(household),
    )  # fmt: skip
    return void_page.ask(household, question, lambda reason: actions.strike_out_household(household, reason))


@bp.route("/<int:id>/take-back", methods=["GET", "POST"])
@opens(Household, to="take_back", form=VoidForm)
def take_back(household: Household) -> Any:
    """What last became of it is undone, for all days."""
    question = Question(
        title=_("Take back what was recorded last?"), text=presenter.taking_back(household), verb=_("Take it back"),
        done=_("It is taken back."), **_asked(household),
    )  # fmt: skip
    return void_page.ask(household, question, lambda reason: actions.take_back_stay(household, reason))


def _asked(household: Household) -> dict[str, Any]:
    back = url_for(".show", id=household.id)
    crumbs = [(_("Households"), url_for(".index")), (household.head, back)]
    return {"back": back, "crumbs": crumbs, "facts": [household.number, household.village.title]}


def _facts(form: HouseholdForm) -> HouseholdFacts:
    return HouseholdFacts(form.head.data or "", form.people.data or 0, form.walk.data)


def _answer(tried: Attempt, form: EditForm, household: Household, title: str, verb: str) -> Any:
    if tried.done:
        notice.done(_("%(number)s: it is recorded.", number=household.number))
        made = tried.made.id if isinstance(tried.made, Household) else household.id
        return redirect(url_for(".show", id=made))
    shown = {"form": form, "household": household, "refused": tried.refused, "title": title, "verb": verb}
    return render_template("households/deed.html", **shown), tried.status
