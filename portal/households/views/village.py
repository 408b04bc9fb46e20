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
from portal.engine import notice
from portal.engine.access import opens
from portal.engine.deeds import ASKED, WRONG, Attempt, attempt
from portal.engine.refusal import Refused
from portal.engine.text import ngettext
from portal.engine.uploads import takes_a_file
from portal.households import actions
from portal.households.actions import OthersLeft, Outcome, SaidBefore
from portal.households.forms import AllButForm, ConfirmForm, SureForm, TickForm, UndoForm
from portal.households.models import RESULT_NAMES, CampaignGoal, Household, Signer
from portal.households.presenters import told, whole_village
from portal.households.presenters import village as presenter
from portal.households.views.blueprint import campaigns_bp as bp


@bp.get("/villages/<int:id>")
@opens(CampaignGoal, to="read")
def village(goal: CampaignGoal) -> Any:
    return _page(goal, _kind(goal), TickForm(signed_on=goal.campaign.usual_day), Attempt())


@bp.post("/villages/<int:id>/tick", endpoint="tick")
@opens(CampaignGoal, to="enter", form=TickForm)
def tick(goal: CampaignGoal) -> Any:
    kind, form = _kind(goal), ConfirmForm() if request.args.get("show") == "waiting" else TickForm()
    tried = attempt(form, _deed(form, goal, kind), leads_to=_here(goal))
    if not tried.done:
        return _page(goal, kind, form, tried), tried.status
    if not isinstance(tried.made, Outcome):
        notice.done(*told.of_calls(tried.made, kind))
        return redirect(_here(goal))
    notice.done(*told.of_tick(tried.made, kind))
    return redirect(_here(goal, **presenter.still_against() | presenter.clash(tried.made, form.signed_on.data)))


def _kind(goal: CampaignGoal) -> type[Signer]:
    return presenter.kind_asked(goal.campaign) or abort(404)


def _deed(form: TickForm, goal: CampaignGoal, kind: type[Signer]) -> Callable[[], Any]:
    """What the button meant that was pressed: signed, or what was said at the doors."""

    def deed() -> Any:
        if said := form.said:
            return actions.record_calls(goal, kind, dict.fromkeys(form.ticked, said), form.signed_on.data)
        return actions.tick(goal, kind, form.ticked, form.signed_on.data, current_user, over=form.calls_over)

    return deed


def _here(goal: CampaignGoal, **more: Any) -> str:
    """The list as it was before; who was looked for is found no more once they are ticked."""
    kept: dict[str, Any] = {name: value for name, value in presenter.here_asked().items() if name != "q"}
    return url_for("campaigns.village", id=goal.id, **kept, **more)


def _page(goal: CampaignGoal, kind: type[Signer], form: TickForm, tried: Attempt) -> str:
    return render_template(
        "households/village.html", goal=goal, campaign=goal.campaign, form=form, refused=tried.refused,
        page=presenter.page(goal, kind, current_user), ticked=set(form.ticked) if form.is_submitted() else set(),
        results=RESULT_NAMES, undo=presenter.to_undo(current_user, goal), clashes=presenter.clashes(current_user, goal),
        against=presenter.against(current_user, goal, kind), still_against=presenter.still_against(),
    )  # fmt: skip


@bp.post("/villages/<int:id>/undo")
@opens(CampaignGoal, to="enter")
def undo(goal: CampaignGoal) -> Any:
    form = UndoForm()
    tried = attempt(form, lambda: actions.undo(goal, _moment(form.at.data), current_user), leads_to=_here(goal))
    if tried.refused:
        return _page(goal, _kind(goal), TickForm(formdata=None, signed_on=goal.campaign.usual_day), tried), tried.status
    if tried.done:
        notice.done(ngettext("%(num)s entry is taken back.", "%(num)s entries are taken back.", len(tried.made)))
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
    """First the exceptions; then the count is said, and it is asked once more. Back from there, they are kept."""
    _asks_households(goal)
    back = "back" in request.form
    form = (SureForm if back else AllButForm)(signed_on=goal.campaign.usual_day)
    if back or not form.validate_on_submit():
        return _list(goal, form), WRONG if form.errors else ASKED
    try:
        actions.same_left(goal, form.households())
        actions.said_of_all(goal, form.signing(), form.told())
    except (OthersLeft, SaidBefore) as refused:
        return _list(goal, form, refused), refused.status
    sure = SureForm(formdata=None, signed_on=form.signed_on.data, among=form.among.data)
    return _sure(goal, sure, form, Attempt())


@bp.post("/villages/<int:id>/sheet", endpoint="all_but_sure")
@opens(CampaignGoal, to="enter", form=AllButForm)
@takes_a_file
def all_but_sure(goal: CampaignGoal) -> Any:
    _asks_households(goal)
    form = SureForm()

    def deed(photo: Stored | None) -> Any:
        said, of, on = form.exceptions(), form.households(), form.signed_on.data
        most = receiving.most_bytes()
        return actions.sign_all_but(goal, said, of, on, current_user, photo, most, told=form.told())

    tried = with_file(form, form.photo, deed)
    if isinstance(tried.refused, OthersLeft | SaidBefore):
        return _list(goal, form, tried.refused), tried.status
    if not tried.done:
        return _sure(goal, form, form, tried), tried.status
    sheet, outcome = tried.made
    notice.done(*told.of_tick(outcome, Household))
    return redirect(url_for("campaigns.sheet", id=sheet.id))


def _asks_households(goal: CampaignGoal) -> None:
    if Household not in goal.campaign.kinds:
        abort(404)


def _list(goal: CampaignGoal, form: AllButForm, refused: Refused | None = None) -> str:
    """The households with what is said of each; where others are left by now, who came and who went."""
    page, before, others = whole_village.page(goal), form.households(), isinstance(refused, OthersLeft)
    form.among.data = page.among
    return render_template(
        "households/all_but.html", goal=goal, campaign=goal.campaign, page=page, form=form, said=form.words,
        not_said=None if others else refused,
        changed=whole_village.changed(current_user, page, before) if others else None,
    )  # fmt: skip


def _sure(goal: CampaignGoal, form: SureForm, said: AllButForm, tried: Attempt) -> str:
    """How many signed, by what was *said*."""
    return render_template(
        "households/sure.html", goal=goal, campaign=goal.campaign, form=form, refused=tried.refused,
        page=whole_village.page(goal, form.signed_on.data), exceptions=said.exceptions(), told=said.told(),
        words=said.words, results=RESULT_NAMES,
        limit=size(current_app.config["UPLOAD_BYTES"], whole=True),
    )  # fmt: skip
