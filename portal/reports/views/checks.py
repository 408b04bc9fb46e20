"""What the checks find in a report, and why it goes all the same."""

from collections.abc import Iterable
from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from portal.engine import notice
from portal.engine.access import opens, rights
from portal.engine.deeds import attempt
from portal.engine.refusal import Conflict
from portal.engine.text import _
from portal.engine.transaction import read_at_one_moment
from portal.engine.waiting import InTurn, page_after
from portal.reports import actions, checking, figures
from portal.reports.checking import Found
from portal.reports.forms import OverruleForm
from portal.reports.models import Report
from portal.reports.presenters import checks as shown
from portal.reports.presenters import page
from portal.reports.views.blueprint import bp


@bp.get("/reports/<int:id>/checks")
@opens(Report, to="read")
def checks(report: Report) -> Any:
    """What they find now, all of one moment; of a signed report, what was overruled before it was signed."""
    if report.is_signed:
        return _page(report, ())
    read_at_one_moment()
    counting = figures.counting(figures.period_of(report))
    looking = checking.looking(report, lambda: figures.gathered(counting))
    return page_after(
        InTurn(counting, looking), lambda: _page(report, checking.all_of(looking)), page.title(report)
    )  # fmt: skip


def _page(report: Report, found: Iterable[Found]) -> str:
    groups = [] if report.is_signed else shown.groups(report, found, current_user)
    overrulings = [one for one in report.overrulings if one.voided_at is None]
    held = rights(current_user, report, ("edit",)) if report.editable else frozenset()
    return render_template(
        "reports/checks.html", report=report, groups=groups, overrulings=overrulings, may_answer="edit" in held,
        title=page.title(report),
    )  # fmt: skip


@bp.route("/reports/<int:id>/checks/<key>", methods=["GET", "POST"])
@opens(Report, to="edit", form=OverruleForm)
def overrule(report: Report, key: str) -> Any:
    """Ask why the report goes with what was found."""
    found = checking.found_by(report, key)
    if found is None:
        notice.done(_("This was mended meanwhile, or its numbers are others now."))
        return redirect(url_for(".checks", id=report.id))
    before = found.overruling.reason if found.overruling else ""
    form = OverruleForm(version=report.version, reason=before)
    tried = attempt(form, lambda: actions.overrule(report, found, form.reason.data or ""), report)
    if tried.done:
        notice.done(_("The reason is kept with the report."))
        return redirect(url_for(".checks", id=report.id))
    now = form.differing({"reason": before}) if isinstance(tried.refused, Conflict) else ()
    return render_template(
        "reports/overrule.html", report=report, form=form, refused=tried.refused, now=now, check=found.check,
        one=shown.item(report, found, current_user), title=page.title(report),
    ), tried.status  # fmt: skip
