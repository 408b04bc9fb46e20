"""Legal holds: set by one person, lifted by another."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import notice
from portal.engine.access import lists, opens
from portal.engine.db import db
from portal.engine.deeds import attempt, take_step
from portal.engine.forms import ReasonForm
from portal.engine.refusal import Refused
from portal.engine.text import _, mark
from portal.engine.workflow import steps_of
from portal.organisation.presenters.stories import story_of
from portal.people.models import LegalHold, Person
from portal.privacy import actions
from portal.privacy.forms import HoldForm
from portal.privacy.views.blueprint import bp

MOST = 200


@bp.get("/holds/")
@lists(LegalHold)
def holds(found: Select[Any]) -> Any:
    listed = db.session.scalars(found.order_by(LegalHold.state, LegalHold.id.desc()).limit(MOST)).all()
    return render_template("privacy/holds.html", holds=listed)


@bp.route("/people/<int:id>/hold", methods=["GET", "POST"])
@opens(Person, to="set_hold", form=HoldForm)
def new_hold(person: Person) -> Any:
    form = HoldForm()

    def deed() -> LegalHold:
        facts = {name: (form[name].data or "").strip() for name in ("asked_by", "paper", "reason")}
        return actions.hold(person, {**facts, "until": form.until.data})

    tried = attempt(form, deed)
    if tried.done:
        notice.done(_("The hold stands. Nothing that is kept of the person is forgotten while it does."))
        return redirect(url_for(".hold", id=tried.made.id))
    return render_template("privacy/new_hold.html", form=form, person=person, refused=tried.refused), tried.status


@bp.get("/holds/<int:id>")
@opens(LegalHold, to="read")
def hold(held: LegalHold) -> Any:
    return _page(held)


@bp.post("/holds/<int:id>/<any(lift):transition>")
@opens(LegalHold, to="read")
def take_hold(held: LegalHold, transition: str) -> Any:
    form = ReasonForm()
    if refused := take_step(held, transition, form):
        return _page(held, refused, form.reason.data or "", transition), refused.status
    notice.done(_("The hold is lifted."))
    return redirect(url_for(".hold", id=held.id))


def _page(held: LegalHold, refused: Refused | None = None, typed: str = "", failed: str = "") -> Any:
    return render_template(
        "privacy/hold.html", held=held, refused=refused, typed=typed, failed=failed,
        offers=held.workflow.offers(current_user, held), barred=held.workflow.barred(current_user, held),
        story=story_of(held, steps_of(held), mark("%(who)s set the hold")),
    )  # fmt: skip
