"""What a non-custodial reform takes: pages on which it is recorded."""

from typing import Any

from portal.cases.actions import reform
from portal.cases.forms import DeductionForm, JobLossForm, WorkDayForm
from portal.cases.models import Case
from portal.cases.views.blueprint import bp
from portal.cases.views.recording import write
from portal.engine import clock
from portal.engine.access import opens
from portal.engine.text import _


@bp.route("/cases/<int:id>/deduction", methods=["GET", "POST"])
@opens(Case, to="record", form=DeductionForm)
def deduction(case: Case) -> Any:
    form = DeductionForm(deducted_on=clock.today(), version=case.version)
    if case.takes_work:
        form.tell_limits(case.regime.PARAMETERS)
    return write(
        case, form, _("Record a deduction of income"), _("Record the deduction"), _("The deduction is recorded."),
        lambda: reform.record_deduction(
            case, form.deducted_on.data, form.income_vnd.data or 0, form.amount_vnd.data or 0, waived=form.waived.data
        ),
    )  # fmt: skip


@bp.route("/cases/<int:id>/work-day", methods=["GET", "POST"])
@opens(Case, to="record", form=WorkDayForm)
def work_day(case: Case) -> Any:
    form = WorkDayForm(worked_on=clock.today(), version=case.version)
    return write(
        case, form, _("Record work for the community"), _("Record the work"), _("The work is recorded."),
        lambda: reform.record_work_day(case, form.worked_on.data, form.hours.data or 0),
    )  # fmt: skip


@bp.route("/cases/<int:id>/job-loss", methods=["GET", "POST"])
@opens(Case, to="record", form=JobLossForm)
def job_loss(case: Case) -> Any:
    form = JobLossForm(known_on=clock.today(), version=case.version)
    return write(
        case, form, _("Record the loss of work"), _("Record the loss"), _("The loss of work is recorded."),
        lambda: reform.record_job_loss(case, form.known_on.data),
    )  # fmt: skip
