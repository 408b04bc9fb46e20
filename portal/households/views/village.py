"""A campaign in one village: who has not signed, ticks, what was said at the doors, the whole village on one sheet."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user

from portal.documents import receiving
from portal.documents.attaching import with_file
from portal.documents.presenter import size
from portal.documents.store import Stored
from portal.engine import clock, notice
from portal.engine.access import may, opens
from portal.engine.deeds import Attempt, attempt
from portal.engine.text import ngettext
from portal.engine.uploads import takes_a_file
from portal.households import actions
from portal.households.actions import Outcome
from portal.households.forms import AllButForm, SureForm, TickForm, UndoForm
from portal.households.models import RESULT_NAMES, CampaignGoal, Signer
from portal.households.presenters import village as presenter
from portal.households.presenters import whole_village
from portal.households.views.blueprint import campaigns_bp as bp


@bp.get("/villages/<int:id>")
@opens(CampaignGoal, to="read")
def village(goal: CampaignGoal) -> Any:
    return _page(goal, _kind(goal), TickForm(signed_on=_usual_day(goal)), Attempt())


@bp.post("/villages/<int:id>", endpoint="tick")
@opens(CampaignGoal, to="enter", form=TickForm)
def tick(goal: CampaignGoal) -> Any:
    kind, form = _kind(goal), TickForm()
    tried = attempt(form, _deed(form, goal, kind), leads_to=_here(goal))
    if not tried.done:
        return _page(goal, kind, form, tried), tried.status
    if isinstance(tried.made, Outcome) and tried.made.clashing:
        clash = ",".join(str(one.id) for one in tried.made.clashing)
        return redirect(_here(goal, clash=clash, on=form.signed_on.data.isoformat()))
    _say(tried.made)
    return redirect(_here(goal))


def _kind(goal: CampaignGoal) -> type[Signer]:
    return presenter.kind_asked(goal.campaign) or abort(404)


def _usual_day(goal: CampaignGoal) -> Any:
    return max(goal.campaign.first_on, min(clock.today(), goal.campaign.last_on))


def _deed(form: TickForm, goal: CampaignGoal, kind: type[Signer]) -> Callable[[], Any]:
    """What the button meant that was pressed: signed, or what was said at the doors."""

    def deed() -> Any:
        if said := form.said:
            on = form.signed_on.data or clock.today()
            return actions.record_calls(goal, kind, dict.fromkeys(form.ticked, said), on)
        return actions.tick(goal, kind, form.ticked, form.signed_on.data, current_user)

    return deed


def _say(made: Any) -> None:
    """What came of it, in one sentence; what had been done before is no fault."""
    if not isinstance(made, Outcome):
        notice.done(ngettext("%(num)s call is noted down.", "%(num)s calls are noted down.", len(made)))
        return
    told = ngettext("%(num)s is entered.", "%(num)s are entered.", made.done)
    if made.confirmed:
        told = ngettext("%(num)s is confirmed.", "%(num)s are confirmed.", made.done)
    more = []
    if made.already:
        more.append(ngettext("%(num)s was there already.", "%(num)s were there already.", len(made.already)))
    if made.gone:
        gone = ngettext("%(num)s no longer lives in the village.", "%(num)s no longer live in the village.", made.gone)
        more.append(gone)
    notice.done(told, " ".join(more))


def _here(goal: CampaignGoal, **more: Any) -> str:
    kept: dict[str, Any] = {name: request.args[name] for name in ("of", "show") if request.args.get(name)}
    return url_for("campaigns.village", id=goal.id, **kept, **more)


def _page(goal: CampaignGoal, kind: type[Signer], form: TickForm, tried: Attempt) -> str:
    return render_template(
        "households/village.html", goal=goal, campaign=goal.campaign, form=form, refused=tried.refused,
        page=presenter.page(goal, kind), ticked=set(form.ticked) if request.method == "POST" else set(),
        enters=goal.campaign.state == "open" and may(current_user, "enter", goal),
        confirms=may(current_user, "confirm_pledges", goal), results=RESULT_NAMES,
        undo=presenter.to_undo(current_user, goal), clashes=presenter.clashes(current_user, goal),
    )  # fmt: skip


@bp.post("/villages/<int:id>/undo")
@opens(CampaignGoal, to="enter")
def undo(goal: CampaignGoal) -> Any:
    form = UndoForm()
    tried = attempt(form, lambda: actions.undo(goal, _moment(form.at.data), current_user), leads_to=_here(goal))
    if tried.refused:
        return _page(goal, _kind(goal), TickForm(formdata=None, signed_on=_usual_day(goal)), tried), tried.status
    if tried.done:
        notice.done(ngettext("%(num)s is taken back.", "%(num)s are taken back.", len(tried.made)))
    return redirect(_here(goal))


def _moment(typed: str | None) -> datetime:
    """The moment as the page wrote it; of anything else nothing was ever ticked."""
    try:
        at = datetime.fromisoformat(typed or "")
    except ValueError:
        abort(404)
    return at if at.tzinfo else abort(404)


# ── the whole village, but for some ─────────────────────────────────────────────────────────────────────────────────
@bp.route("/villages/<int:id>/all-but", methods=["GET", "POST"])
@opens(CampaignGoal, to="enter", form=AllButForm)
def all_but(goal: CampaignGoal) -> Any:
    """First the exceptions; then the count is said, and it is asked once more."""
    form = AllButForm(signed_on=_usual_day(goal))
    asked = whole_village.page(goal)
    if form.validate_on_submit():
        asked = whole_village.page(goal, form.signed_on.data)
        sure = SureForm(formdata=None, signed_on=form.signed_on.data, among=asked.among)
        return _sure(goal, sure, form.exceptions(), Attempt())
    shown = {"goal": goal, "campaign": goal.campaign, "page": asked, "form": form, "results": RESULT_NAMES}
    return render_template("households/all_but.html", **shown), 422 if form.errors else 200


@bp.post("/villages/<int:id>/sheet", endpoint="all_but_sure")
@opens(CampaignGoal, to="enter", form=AllButForm)
@takes_a_file
def all_but_sure(goal: CampaignGoal) -> Any:
    form = SureForm()
    exceptions = form.exceptions()

    def deed(photo: Stored | None) -> Any:
        among, most = form.among.data or "", receiving.most_bytes()
        return actions.sign_all_but(goal, exceptions, among, form.signed_on.data, current_user, photo, most)

    tried = with_file(form, form.photo, deed)
    if not tried.done:
        return _sure(goal, form, exceptions, tried), tried.status
    sheet, outcome = tried.made
    _say(outcome)
    return redirect(url_for("campaigns.sheet", id=sheet.id))


def _sure(goal: CampaignGoal, form: SureForm, exceptions: Any, tried: Attempt) -> str:
    asked = whole_village.page(goal, form.signed_on.data)
    said = {row.signer.id: exceptions[row.signer.id] for row in asked.rows if row.signer.id in exceptions}
    return render_template(
        "households/sure.html", goal=goal, campaign=goal.campaign, form=form, refused=tried.refused,
        page=asked, exceptions=said, results=RESULT_NAMES,
        limit=size(current_app.config["UPLOAD_BYTES"], whole=True),
    )  # fmt: skip
