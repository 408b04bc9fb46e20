"""A breach of a pledge: proposed, decided by a second person."""

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import clock, notice
from portal.engine.access import lists, opens
from portal.engine.deeds import attempt
from portal.engine.forms import ReasonForm
from portal.engine.intake import day_asked_for
from portal.engine.letters import plain
from portal.engine.refusal import Refused
from portal.engine.text import _, mark
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.households import actions
from portal.households.forms import BreachForm
from portal.households.models import Pledge, PledgeBreach
from portal.households.presenters import register as presenter
from portal.households.views.blueprint import pledges_bp as bp
from portal.households.views.pledges import page_of
from portal.households.workflow import UNDECIDED
from portal.law import approval
from portal.organisation.presenters.stories import story_of
from portal.organisation.queries import villages

MOST_NUMBER = 40  # letters of a number that an address names


@bp.get("/breached")
@lists(Pledge, to="propose_breach")
def breached(found: Select[Any]) -> Any:
    """Look for the pledge that somebody broke, of an incident that the address names."""
    about = _incident_of_address()
    listing = presenter.pledges_to_breach(found, villages(current_user.acting.commune_id), tuple(about))
    return render_template("households/breached.html", listing=listing, about=about, chips=presenter.chips(listing))


def _incident_of_address() -> dict[str, str]:
    """The number and the day of the incident that a breach is proposed for, as far as the address names them."""
    given = {name: plain(request.args.get(name, ""))[:MOST_NUMBER] for name in ("incident", "on")}
    return {name: value for name, value in given.items() if value}


def _day_of_address() -> date:
    return min(day_asked_for("on") or clock.today(), clock.today())


@bp.route("/<int:id>/breach", methods=["GET", "POST"])
@opens(Pledge, to="propose_breach", form=BreachForm)
def propose_breach(pledge: Pledge) -> Any:
    number = _incident_of_address().get("incident", "")
    named = _("Incident %(number)s:", number=number) if number else ""
    form = BreachForm(happened_on=_day_of_address(), reason=named, version=pledge.version)

    def deed() -> PledgeBreach:
        return actions.propose_breach(pledge, form.happened_on.data, form.reason.data or "", current_user)

    tried = attempt(form, deed, pledge)
    if tried.done:
        notice.done(_("The breach is proposed. Somebody else decides."))
        return redirect(url_for(".breach", id=tried.made.id))
    shown = {"pledge": pledge, "form": form, "refused": tried.refused, "back": page_of(pledge)}
    return render_template("households/propose_breach.html", **shown), tried.status


@bp.get("/breaches/<int:id>")
@opens(PledgeBreach, to="read")
def breach(breach: PledgeBreach) -> Any:
    return _page(breach)


def _page(breach: PledgeBreach, refused: Refused | None = None, failed: str = "", typed: str = "") -> str:
    return render_template(
        "households/breach.html", breach=breach, pledge=breach.pledge, back=page_of(breach.pledge), refused=refused,
        failed=failed, typed=typed, offers=breach.workflow.offers(current_user, breach),
        story=story_of(breach, steps_of(breach), mark("%(who)s proposed the breach")),
        chain=approval.chain("pledge_breach", clock.day_of(breach.created_at)),
        barred=breach.workflow.barred(current_user, breach), undecided=breach.state in UNDECIDED,
    )  # fmt: skip


@bp.post(
    "/breaches/<int:id>/<any(approve, reject, withdraw, ask_back, take_back, keep):transition>", endpoint="take_breach"
)
@opens(PledgeBreach, to="read")
def take_breach(breach: PledgeBreach, transition: str) -> Any:
    form = ReasonForm()
    try:
        with transaction(current_user):
            words = form.words()
            breach.workflow.take(transition, breach, current_user, words, form.shown_version())
    except Refused as refused:
        return _page(breach, refused, transition, form.reason.data or ""), refused.status
    notice.done(_("The breach: %(state)s.", state=breach.standing.label))
    return redirect(url_for(".breach", id=breach.id))
