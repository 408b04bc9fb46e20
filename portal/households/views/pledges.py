"""Single pledges and signed sheets: another day, withdrawn, struck out; who signed on a sheet."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.documents.forms import UploadForm
from portal.documents.presenter import attached
from portal.documents.queries import of_sheet
from portal.documents.views.attaching import AttachTo, attach_page
from portal.engine import clock, notice, void_page
from portal.engine.access import may, opens, reach
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm, VoidForm
from portal.engine.presentation import day as day_of
from portal.engine.refusal import Refused
from portal.engine.text import _, _l, ngettext
from portal.engine.uploads import takes_a_file
from portal.engine.void_page import Question
from portal.households import actions
from portal.households.forms import SignedOnForm, WithdrawForm
from portal.households.models import RESULT_NAMES, DoorCall, Establishment, Pledge, PledgeSheet
from portal.households.presenters import village as presenter
from portal.households.queries import goal_of, on_sheet
from portal.households.views.blueprint import campaigns_bp, pledges_bp

STAYS = _l("The entry stays with the reason, and counts nowhere. Whoever it is of may sign anew.")


def page_of(entry: Pledge | DoorCall) -> str:
    """Where a pledge or a call stands: the page of whom it is of."""
    if isinstance(entry.signer, Establishment):
        return url_for("establishments.show", id=entry.signer.id)
    return url_for("households.show", id=entry.signer.id)


@pledges_bp.route("/<int:id>/day", methods=["GET", "POST"])
@opens(Pledge, to="mend", form=SignedOnForm)
def day(pledge: Pledge) -> Any:
    """Say that it was signed on another day; a list leads back to where the two days met."""
    form = SignedOnForm(signed_on=pledge.signed_on, version=pledge.version)

    def deed() -> None:
        actions.correct_day(pledge, form.signed_on.data, form.reason.data or "", current_user)

    tried = attempt(form, deed, pledge)
    if tried.done:
        notice.done(_("The day is kept."))
        return redirect(_back(pledge))
    shown = {"pledge": pledge, "form": form, "refused": tried.refused, "back": page_of(pledge)}
    return render_template("households/pledge_day.html", **shown), tried.status


def _back(pledge: Pledge) -> str:
    goal = goal_of(pledge.campaign, pledge.signer.village_id) if request.args.get("list") else None
    return url_for("campaigns.village", id=goal.id) if goal else page_of(pledge)


@pledges_bp.route("/<int:id>/withdraw", methods=["GET", "POST"])
@opens(Pledge, to="withdraw", form=WithdrawForm)
def withdraw(pledge: Pledge) -> Any:
    form = WithdrawForm(withdrawn_on=clock.today(), version=pledge.version)

    def deed() -> None:
        actions.withdraw(pledge, form.withdrawn_on.data, form.reason.data or "", current_user)

    tried = attempt(form, deed, pledge)
    if tried.done:
        notice.done(_("The pledge is withdrawn."))
        return redirect(page_of(pledge))
    shown = {"pledge": pledge, "form": form, "refused": tried.refused, "back": page_of(pledge)}
    return render_template("households/withdraw.html", **shown), tried.status


@pledges_bp.route("/<int:id>/void", methods=["GET", "POST"])
@opens(Pledge, to="void", form=VoidForm)
def void(pledge: Pledge) -> Any:
    back, name = page_of(pledge), pledge.signer.name
    return void_page.ask(pledge, Question(
        title=_("Strike out the pledge of %(name)s?", name=name), text=str(STAYS), verb=_("Strike the pledge out"),
        done=_("The pledge is struck out."), back=back, crumbs=[(name, back)],
        facts=[pledge.campaign.title, f"{pledge.signed_on:%d/%m/%Y}"],
    ), lambda reason: actions.strike_out(pledge, reason))  # fmt: skip


@pledges_bp.route("/calls/<int:id>/void", methods=["GET", "POST"], endpoint="void_call")
@opens(DoorCall, to="void", form=VoidForm)
def void_call(call: DoorCall) -> Any:
    goal, name = goal_of(call.campaign, call.village_id), call.signer.name
    back = url_for("campaigns.village", id=goal.id) if goal else page_of(call)
    return void_page.ask(call, Question(
        title=_("Strike out what was noted down of %(name)s?", name=name),
        text=_("The entry stays with the reason, and counts nowhere. What was noted down before it stands again."),
        verb=_("Strike the call out"), done=_("The call is struck out."), back=back,
        crumbs=[(call.campaign.title, back)],
        facts=[str(RESULT_NAMES[call.result]), f"{call.on:%d/%m/%Y}"],
    ), lambda reason: actions.strike_out(call, reason))  # fmt: skip


# ── signed sheets ───────────────────────────────────────────────────────────────────────────────────────────────────
@campaigns_bp.get("/sheets/<int:id>")
@opens(PledgeSheet, to="read")
def sheet(sheet: PledgeSheet) -> Any:
    return _sheet(sheet)


def _sheet(sheet: PledgeSheet, refused: Refused | None = None) -> str:
    voids = may(current_user, "void", sheet) and sheet.voided_at is None
    entered = on_sheet(reach(current_user, "read", Pledge), sheet)
    return render_template(
        "households/sheet.html", sheet=sheet, campaign=sheet.campaign, goal=goal_of(sheet.campaign, sheet.village_id),
        rows=presenter.of_sheet(entered), files=[attached(one) for one in of_sheet(current_user, sheet.id)],
        refused=refused, voids=voids, fresh=voids and sheet.undone_by(current_user.id),
        attaches=may(current_user, "attach", sheet) and not sheet.against_files,
    )  # fmt: skip


@campaigns_bp.route("/sheets/<int:id>/photos", methods=["GET", "POST"], endpoint="sheet_photos")
@opens(PledgeSheet, to="attach", form=UploadForm)
@takes_a_file
def sheet_photos(sheet: PledgeSheet) -> Any:
    """Attach the photo of a sheet that was entered without it."""
    back = url_for("campaigns.sheet", id=sheet.id)
    title = _("Signed sheet of %(day)s", day=day_of(sheet.signed_on))
    return attach_page(sheet, AttachTo(back, [(title, back)], sheet.campaign.title, sheet.signed_on))


@campaigns_bp.route("/sheets/<int:id>/void", methods=["GET", "POST"], endpoint="void_sheet")
@opens(PledgeSheet, to="void", form=VoidForm)
def void_sheet(sheet: PledgeSheet) -> Any:
    """Strike a whole sheet out: without a word by its author for ten minutes, else with a reason."""
    here = url_for("campaigns.sheet", id=sheet.id)
    question = Question(
        title=_("Strike out the whole sheet?"),
        text=_("All that was entered by it is struck out: %(count)s signatures.", count=sheet.count),
        verb=_("Strike the sheet out"), done=_("The sheet is struck out."), back=here,
        crumbs=[(sheet.campaign.title, here)],
    )  # fmt: skip
    return void_page.ask(sheet, question, lambda reason: actions.take_back_sheet(sheet, current_user, reason))


@campaigns_bp.post("/sheets/<int:id>/undo", endpoint="undo_sheet")
@opens(PledgeSheet, to="void")
def undo_sheet(sheet: PledgeSheet) -> Any:
    goal = goal_of(sheet.campaign, sheet.village_id)
    tried = attempt(EditForm(), lambda: actions.take_back_sheet(sheet, current_user), sheet)
    if tried.refused:
        return _sheet(sheet, tried.refused), tried.status
    if tried.done:
        notice.done(ngettext("%(num)s entry is taken back.", "%(num)s entries are taken back.", tried.made))
    return redirect(url_for("campaigns.village", id=goal.id) if goal else url_for("campaigns.sheet", id=sheet.id))
