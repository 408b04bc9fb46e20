"""Printed lists: made, printed, typed back by their rows."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user

from portal.documents.views import word
from portal.engine import audit, notice, qr
from portal.engine.access import may, opens
from portal.engine.deeds import attempt
from portal.engine.forms import Form
from portal.engine.presentation import told
from portal.engine.text import _
from portal.households import actions, papers
from portal.households.forms import RowsForm
from portal.households.models import CampaignGoal, PrintedList
from portal.households.presenters import printing as presenter
from portal.households.presenters.told import of_list
from portal.households.presenters.village import clash, kind_asked
from portal.households.queries import goal_of
from portal.households.views.blueprint import campaigns_bp as bp


@bp.get("/villages/<int:id>/pledges.docx", endpoint="forms")
@opens(CampaignGoal, to="enter")
def forms(goal: CampaignGoal) -> Any:
    """The pledge to sign for everybody of a village who has not signed, in one file; of one whom the address names."""
    kind = kind_asked(goal.campaign) or abort(404)
    signers = presenter.to_sign(goal, kind)
    if not signers and request.args.get("for"):
        abort(404)
    if not signers:
        notice.done(_("Everybody here has signed: there is nothing to print."))
        return redirect(url_for(".village", id=goal.id))
    rows = [papers.row(one) for one in signers]
    audit.tell("export", current_user, goal, type=kind.__tablename__, rows=len(rows))
    return word.sent(papers.written(goal, kind), f"{goal.campaign.number}-{goal.village.code}", rows)


@bp.post("/villages/<int:id>/print", endpoint="print_list")
@opens(CampaignGoal, to="enter")
def print_list(goal: CampaignGoal) -> Any:
    tried = attempt(Form(), lambda: actions.print_list(goal))
    if not tried.done:
        notice.done(" ".join(told(one) for one in tried.refused.reasons) if tried.refused else "")
        return redirect(url_for(".village", id=goal.id))
    return redirect(url_for(".printed", id=tried.made.id))


@bp.get("/lists/<int:id>", endpoint="printed")
@opens(PrintedList, to="read")
def printed(printed: PrintedList) -> Any:
    """The list as it is printed, with the address under which its rows are typed back."""
    rows = presenter.rows(printed, current_user)
    return render_template(
        "households/printed.html", printed=printed, rows=rows, noted=presenter.noted(printed, rows),
        campaign=printed.campaign, goal=goal_of(printed.campaign, printed.village_id),
        address=presenter.address(printed), code=qr.code(presenter.address(printed)),
        types_back=may(current_user, "type_back", printed) and printed.campaign.state == "open",
    )  # fmt: skip


@bp.route("/lists/<int:id>/rows", methods=["GET", "POST"], endpoint="type_back")
@opens(PrintedList, to="type_back", form=RowsForm)
def type_back(printed: PrintedList) -> Any:
    goal = goal_of(printed.campaign, printed.village_id) or abort(404)
    form = RowsForm(on=printed.campaign.usual_day)
    form.last = len(printed.rows)

    def deed() -> Any:
        return actions.type_back(goal, printed, form.signed.rows, form.results(), form.on.data, current_user)

    tried = attempt(form, deed)
    if not tried.done:
        shown = {"printed": printed, "form": form, "refused": tried.refused, "campaign": printed.campaign}
        return render_template("households/type_back.html", **shown), tried.status
    notice.done(*of_list(tried.made))
    return redirect(url_for(".village", id=goal.id, **clash(tried.made.signed, form.on.data)))
