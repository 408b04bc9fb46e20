"""What a case asks for month by month, and of its helper quarter by quarter."""

from collections.abc import Iterable, Iterator
from typing import Any

from portal.cases import owed
from portal.cases.duties.management import residence_checks
from portal.cases.duties.quarters import (
    AHEAD,
    QUARTERS,
    first_month,
    helper_dues,
    months,
    reported,
    spelled,
    whose,
)
from portal.cases.duties.rules import ASSESSMENT, CASE_RULES, PRESENCE, REPORT, ROLL_CALL, helper
from portal.cases.duties.wanting import of_law
from portal.cases.models import Case, may_help
from portal.duties.rules import Wanted
from portal.engine.workflow import Step
from portal.law.rule import Due

__all__ = ["AHEAD", "QUARTERS", "monthly", "months", "quarterly", "spelled"]
SHOWN_BY = {
    REPORT: ("check_ins", "received_on"),
    PRESENCE: ("check_ins", "received_on"),
    ROLL_CALL: ("roll_calls", "held_on"),
    ASSESSMENT: ("assessments", "written_on"),
}  # the records that show a duty done, and their day


def monthly(case: Case, steps: Iterable[Step]) -> Iterator[Wanted]:
    known, done, first = {rule.id for rule in CASE_RULES}, _records(case), first_month(case)
    paused, law = owed.paused(steps), case.law
    for month in months(case):
        for due in law.monthly(month):
            rests = paused(due.due_on) or owed.in_custody(case, due.due_on)
            if due.rule in known and due.due_on >= first and not rests and not owed.on_paper(case, due):
                shown = done.get((due.rule, due.period), {})
                yield of_law(case, due, due.rule, key=due.period, month=spelled(due.period), **shown)


def quarterly(case: Case) -> Iterator[Wanted]:
    """The report on each quarter in which there was a helper: asked of them, or of the officer once they are gone."""
    came = reported(case)
    for due in helper_dues(case):
        report, told = came.get(due.period), _asked_of_helper(case, due)
        if report is not None:
            told |= {"done_on": report.written_on, "done_by_id": report.created_by_id}
        yield of_law(case, due, due.rule, key=due.period, month=spelled(due.period), **told)


def _asked_of_helper(case: Case, due: Due) -> dict[str, Any]:
    assignment = whose(case, due)
    if assignment is None or not assignment.runs or not may_help(assignment.assignee, case.commune):
        return {}
    return {"owner_role": helper, "owner_id": assignment.assignee_id}


def _records(case: Case) -> dict[tuple[str, str], dict[str, Any]]:
    """By rule and month, the record that shows a duty done."""
    return residence_checks(case) | {
        (rule, f"{month:%Y-%m}"): {"done_on": getattr(record, on), "done_by_id": record.created_by_id}
        for rule, (records, on) in SHOWN_BY.items()
        for month, record in owed.by_month(getattr(case, records)).items()
    }
