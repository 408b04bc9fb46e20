"""The quarterly report of a helper: three questions, and what was answered."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.cases.actions import report_help
from portal.cases.duties.quarters import open_now, reported, spelled
from portal.cases.forms import HelperReportForm
from portal.cases.law_days import next_helper_report
from portal.cases.models import GETTING_ON_NAMES, Case, GettingOn, HelperReport
from portal.cases.views.blueprint import bp
from portal.engine import notice
from portal.engine.access import holds, may, opens
from portal.engine.deeds import attempt
from portal.engine.text import _
from portal.organisation.queries import users_named


@bp.route("/cases/<int:id>/helper-report", methods=["GET", "POST"])
@opens(Case, to="report_help", form=HelperReportForm)
def helper_report(case: Case) -> Any:
    form, dues = HelperReportForm(version=case.version), open_now(case, current_user)
    form.offer([due.period for due in dues], reported(case), request.args.get("month", ""))
    back = url_for(".show", id=case.id) if holds(current_user, "read_notes", Case) else url_for("home.show")

    def deed() -> Any:
        return report_help(
            case, form.quarter.data, GettingOn(form.getting_on.data), form.help_given.data or "",
            form.to_know.data or "", current_user,
        )  # fmt: skip

    tried = attempt(form, deed, leads_to=back)
    if tried.done:
        notice.done(_("The report is sent."), _("The officer in charge and the chief of police read it."))
        return redirect(back)
    return render_template(
        "cases/helper_report.html", case=case, form=form, dues=dues, back=back, refused=tried.refused,
        following=next_helper_report(case),
    ), tried.status  # fmt: skip


@bp.get("/helper-reports/<int:id>")
@opens(HelperReport, to="read")
def helper_reported(report: HelperReport) -> Any:
    """The three answers, for whoever has the case."""
    author = users_named([report.created_by_id]).get(report.created_by_id or 0)
    return render_template(
        "cases/helper_reported.html", report=report, case=report.case, quarter=spelled(report.quarter), author=author,
        names=GETTING_ON_NAMES, voids=report.counts and may(current_user, "void", report),
    )  # fmt: skip
