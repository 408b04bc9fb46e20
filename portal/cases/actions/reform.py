"""What a non-custodial reform takes, as it is recorded: nothing that the law does not allow."""

from collections import Counter
from datetime import date, timedelta

from portal.cases.actions.running import refuse_unless_running
from portal.cases.models import Case, IncomeDeduction, JobLoss, WorkDay
from portal.engine.db import db
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.law import community_work


def record_deduction(
    case: Case, on: date, income_vnd: int, amount_vnd: int, *, waived: bool = False
) -> IncomeDeduction:
    """Write down what was taken of a month's income, once a month and within what the law allows; else Refused."""
    _refuse_unless_known(case, deducted_on=on)
    same_month = (one for one in case.deductions if one.voided_at is None and _month(one.deducted_on) == _month(on))
    if before := next(same_month, None):
        told = mark("The deduction of that month, of %(day)s, is recorded already.")
        raise Refused(Misfit("deducted_on", told, day=before.deducted_on))
    numbers = case.regime.PARAMETERS
    refused = community_work.refuse_deduction(amount_vnd, income_vnd, on, waived=waived, parameters=numbers)
    if refused:
        raise Refused(*(Misfit.by("amount_vnd", one) for one in refused))
    deduction = IncomeDeduction(
        case=case, commune_id=case.commune_id, deducted_on=on, income_vnd=income_vnd, amount_vnd=amount_vnd,
        waived=waived,
    )  # fmt: skip
    db.session.add(deduction)
    return deduction


def record_work_day(case: Case, on: date, hours: int) -> WorkDay:
    """Write down a day of work for the community. Raises Refused where that day or its week would hold too much."""
    _refuse_unless_known(case, worked_on=on)
    monday = on - timedelta(days=on.weekday())
    timesheet: Counter[date] = Counter({on: hours})
    for one in case.work_days:
        if one.voided_at is None and monday <= one.worked_on < monday + timedelta(days=7):
            timesheet[one.worked_on] += one.hours
    if refused := community_work.refuse_timesheet(timesheet, case.regime.PARAMETERS):
        raise Refused(*(Misfit.by("hours" if "day" in one.numbers else "worked_on", one) for one in refused))
    worked = WorkDay(case=case, commune_id=case.commune_id, worked_on=on, hours=hours)
    db.session.add(worked)
    return worked


def record_job_loss(case: Case, known_on: date) -> JobLoss:
    """Write down that the person lost their work: it is reported within the days of the law."""
    _refuse_unless_known(case, known_on=known_on)
    loss = JobLoss(case=case, commune_id=case.commune_id, known_on=known_on)
    db.session.add(loss)
    return loss


def _refuse_unless_known(case: Case, **day: date) -> None:
    if not case.takes_work:
        told = mark("Only a non-custodial reform takes of the income, or asks for work for the community.")
        raise Refused(Plain(told))
    refuse_unless_running(case, **day)


def _month(day: date) -> date:
    return day.replace(day=1)
