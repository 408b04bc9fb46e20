"""Cards that open a village head's phone: the office makes them, sees them and takes them back; a phone uses one."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import audit, notice, once
from portal.engine.access import allows, lists, opens, public, rights_on
from portal.engine.deeds import attempt
from portal.engine.forms import TO_CHOOSE, EditForm
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.organisation import actions, sessions, throttle
from portal.organisation.forms import CardForm, NewCardForm
from portal.organisation.models import CARD_DAYS, SignInCard
from portal.organisation.presenters import cards as presenter
from portal.organisation.queries import card_of
from portal.organisation.views.blueprint import bp as door

bp = Blueprint("cards", __name__, url_prefix="/cards")


@bp.get("/")
@lists(SignInCard)
def index(found: Select[Any]) -> Any:
    listing = presenter.listing(found)
    held = rights_on(current_user, SignInCard, {one.id for one in listing.rows}, ("confirm", "take_back"))
    return render_template("organisation/cards.html", listing=listing, states=presenter.STATES, held=held)


@bp.route("/new", methods=["GET", "POST"])
@allows(SignInCard, to="create")
def new() -> Any:
    """Make a card. It stands on this answer, to be printed, and nowhere else."""
    form, heads = NewCardForm(), presenter.heads(current_user.acting.commune_id)
    named = ((str(one.id), f"{one.unit.title}: {one.user.full_name}") for one in heads.values())
    form.grant_id.choices = [TO_CHOOSE, *named]

    def deed() -> Any:
        made = actions.make_card(heads[int(form.grant_id.data)])
        once.leads_to(url_for(".index"))
        return made

    tried = attempt(form, deed)
    if not tried.done:
        return render_template(
            "organisation/card_new.html", form=form, heads=heads, refused=tried.refused
        ), tried.status
    made, digits = tried.made
    return render_template(
        "organisation/card_once.html", card=made, digits=presenter.grouped(digits), code=presenter.drawn(digits),
        address=presenter.address(), days=CARD_DAYS,
    )  # fmt: skip


@bp.route("/<int:id>/take-back", methods=["GET", "POST"])
@opens(SignInCard, to="take_back", form=EditForm)
def take_back(card: SignInCard) -> Any:
    form = EditForm(version=card.version)
    tried = attempt(form, lambda: actions.take_back(card), card)
    if tried.done:
        notice.done(_("The card is taken back. A phone that it opened is signed out."))
        return redirect(url_for(".index"))
    shown = {"card": card, "form": form, "refused": tried.refused}
    return render_template("organisation/card_take_back.html", **shown), tried.status


@bp.route("/<int:id>/confirm", methods=["GET", "POST"])
@opens(SignInCard, to="confirm", form=EditForm)
def confirm(card: SignInCard) -> Any:
    """Whose phone a card opened, as the chief or the leader has asked the village head in person or by telephone."""
    form = EditForm(version=card.version)
    tried = attempt(form, lambda: actions.confirm_card(card, current_user), card)
    if tried.done:
        notice.done(_("The phone is confirmed. It now shows whom %(name)s helps.", name=card.user.full_name))
        return redirect(url_for("home.show"))
    shown = {"card": card, "form": form, "refused": tried.refused}
    return render_template("organisation/card_confirm.html", **shown), tried.status


# ── the phone ───────────────────────────────────────────────────────────────────────────────────────────────────────
@door.route("/card", methods=["GET", "POST"])
@public
def card() -> Any:
    """Sign a phone in by a card. Whether there never was such a card, or it is spent or too old, is told alike."""
    form = CardForm()
    if not form.validate_on_submit():
        return _page(form, 422 if form.errors else 200)
    if wait := throttle.seconds_to_wait_with_card():
        form.code.errors = [_("Too many attempts. Please wait %(seconds)s seconds.", seconds=wait)]
        return _page(form, 429, {"Retry-After": str(wait)})
    found = card_of(actions.code_hash(form.digits))
    if found is None or not _used(found):
        throttle.card_failed()
        audit.tell("card_failed", None, None)
        form.code.errors = [_("This card does not open the portal. Please ask the office for a new one.")]
        return _page(form, 422)
    sessions.start(found.user, card=found)
    audit.tell("sign_in_by_card", found.user, found)
    return redirect(url_for("home.show"))


def _used(found: SignInCard) -> bool:
    """Spend it under the write lock: of two phones at once one is let in."""
    try:
        with transaction(found.user):
            actions.use_card(found)
    except Refused:
        return False
    return True


def _page(form: CardForm, status: int, headers: dict[str, str] | None = None) -> Any:
    return render_template("organisation/card.html", form=form, days=CARD_DAYS), status, headers or {}
