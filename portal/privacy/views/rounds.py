"""Rounds in which closed files lose their names: the dry run, the proposal, the decision."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import clock, notice
from portal.engine.access import holds as has_right
from portal.engine.access import lists, opens
from portal.engine.db import db
from portal.engine.deeds import WRONG, Attempt, attempt, take_step
from portal.engine.forms import ReasonForm
from portal.engine.refusal import Refused
from portal.engine.text import _, mark
from portal.engine.workflow import steps_of
from portal.law import approval
from portal.organisation.asking_again import is_theirs
from portal.organisation.presenters.stories import story_of
from portal.organisation.queries import commune_of
from portal.privacy import actions, forgetting, presenter
from portal.privacy.forms import DecisionForm, RoundForm
from portal.privacy.mentions import dry_run, law_on_data
from portal.privacy.models import RetentionRound
from portal.privacy.views.blueprint import bp

MOST = 100
APPROVE = "approve"  # asked on a page of its own, where the number is typed


@bp.get("/retention/")
@lists(RetentionRound)
def rounds(found: Select[Any]) -> Any:
    """What a round of today would touch, by which rules; and the rounds that there were."""
    listed = db.session.scalars(found.order_by(RetentionRound.id.desc()).limit(MOST)).all()
    commune = commune_of(current_user)
    run = dry_run(commune)
    records, files = forgetting.touched(run.people) if run.due else (0, 0)
    return render_template(
        "privacy/rounds.html", rounds=listed, run=run, records=records, files=files,
        rules=[*presenter.rules_of(run, law_on_data(commune))], due=run.due[:MOST],
        may_propose=has_right(current_user, "propose", RetentionRound) and bool(run.due),
    )  # fmt: skip


@bp.route("/retention/new", methods=["GET", "POST"])
@lists(RetentionRound, to="propose")
def new_round(_found: Select[Any]) -> Any:
    commune = commune_of(current_user)
    run = dry_run(commune)
    form = RoundForm(shown=run.fingerprint)
    tried = attempt(form, lambda: actions.propose(commune, form.reason.data or "", form.shown.data or ""))
    if tried.done:
        notice.done(_("Round %(number)s is proposed. Somebody else decides.", number=tried.made.number))
        return redirect(url_for(".round", id=tried.made.id))
    form.shown.data = run.fingerprint
    records, files = forgetting.touched(run.people) if run.due else (0, 0)
    shown = {"form": form, "run": run, "records": records, "files": files, "due": run.due[:MOST]}
    return render_template("privacy/new_round.html", refused=tried.refused, **shown), tried.status


@bp.get("/retention/<int:id>", endpoint="round")
@opens(RetentionRound, to="read")
def one_round(round_: RetentionRound) -> Any:
    return _page(round_)


@bp.route("/retention/<int:id>/approve", methods=["GET", "POST"])
@opens(RetentionRound, to="approve", form=DecisionForm)
def approve_round(round_: RetentionRound) -> Any:
    """For good: whoever approves types how many people it is."""
    form = DecisionForm(version=round_.version)
    if not round_.workflow.is_open_to(current_user, round_, APPROVE):
        return redirect(url_for(".round", id=round_.id))
    if form.is_submitted() and not (form.validate() and is_theirs(current_user, form.password)):
        tried = Attempt(status=WRONG)
    else:
        tried = attempt(form, lambda: _approved(round_, form), round_)
    if tried.done:
        notice.done(_("Round %(number)s is approved. The next night carries it out.", number=round_.number))
        return redirect(url_for(".round", id=round_.id))
    now = actions.as_of_now(round_)
    shown = {"round": round_, "form": form, "refused": tried.refused, "now": now, **_items(round_, now)}
    return render_template("privacy/approve_round.html", **shown), tried.status


def _approved(round_: RetentionRound, form: DecisionForm) -> None:
    actions.decide(round_, APPROVE, current_user, "", form.shown_version(), form.counted.data)


def _items(round_: RetentionRound, now: actions.AsOfNow | None = None) -> dict[str, Any]:
    """Those of the round, whoever stays first, with the pages that the reader may open."""
    stay = now.stay if now else {}
    items = sorted(round_.items, key=lambda one: (one.person_id not in stay, one.place))[:MOST]
    return {"items": items, "stay": stay, "pages": presenter.pages_of([one.told for one in items], current_user)}


@bp.post("/retention/<int:id>/<any(reject, withdraw):transition>")
@opens(RetentionRound, to="read")
def take_round(round_: RetentionRound, transition: str) -> Any:
    form = ReasonForm()
    if refused := take_step(round_, transition, form):
        return _page(round_, refused, form.reason.data or "", transition), refused.status
    notice.done(_("%(title)s: %(state)s.", title=round_.title, state=round_.standing.label))
    return redirect(url_for(".round", id=round_.id))


def _page(round_: RetentionRound, refused: Refused | None = None, typed: str = "", failed: str = "") -> Any:
    offers = round_.workflow.offers(current_user, round_)
    return render_template(
        "privacy/round.html", round=round_, refused=refused, typed=typed, failed=failed,
        offers=[one for one in offers if one.transition.name != APPROVE],
        may_approve=any(one.transition.name == APPROVE and one.open for one in offers),
        barred=round_.workflow.barred(current_user, round_),
        **_items(round_, actions.as_of_now(round_) if round_.left_to_do else None),
        chain=approval.chain("pseudonymise", clock.day_of(round_.created_at)),
        story=story_of(round_, steps_of(round_), mark("%(who)s proposed the round")),
    )  # fmt: skip
