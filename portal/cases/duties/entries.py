"""Which duties belong to an entry of a case: the answer of whoever is asked, and the result of help."""

from collections.abc import Iterator
from typing import Any

from portal.cases.duties.rules import CHECK, chief, officer
from portal.cases.duties.wanting import left_on, of_law, owner_of
from portal.cases.models import ANSWER, Assignment, CheckIn, Measure
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.workflow import steps_of
from portal.law.community import check_report
from portal.law.days import add_months
from portal.organisation.queries import grants_of

ASSIGNEES = {"officer": officer, "helper": "team_member"}


def of_assignment(assignment: Assignment) -> Iterator[Wanted]:
    """Whoever is asked answers; once they are no longer in service, whoever asked takes the request back."""
    if assignment.voided_at or not assignment.case.running:
        return
    answer = next((step for step in steps_of(assignment) if step.from_state == "proposed"), None)
    if answer is None and assignment.state != "proposed":
        return
    done: dict[str, Any] = {}
    if answer:
        done = {"done_on": clock.day_of(answer.at), "done_by_id": answer.by_id}
    gone_on = None if assignment.assignee_serves else left_on(assignment.assignee, assignment.roles)
    if gone_on and (answer is None or (answer.name == "recall" and gone_on <= done["done_on"])):
        told = {"asked": assignment.assignee.full_name}
        yield Wanted("ASKED-LEFT", "", gone_on + ANSWER, chief, _asked_by(assignment), values=told, **done)
    else:
        role = ASSIGNEES[assignment.kind]
        yield Wanted("ASSIGNMENT", "", assignment.answer_by, role, assignment.assignee_id, **done)


def _asked_by(assignment: Assignment) -> int | None:
    """Whoever asked, if they still are one of those who may take it back; else whoever is chief."""
    chiefs = {grant.user_id for grant in grants_of(chief, assignment.commune_id)}
    return assignment.created_by_id if assignment.created_by_id in chiefs else None


def of_measure(measure: Measure) -> Iterator[Wanted]:
    if measure.voided_at or not measure.case.running:
        return
    for months, done_on in ((3, measure.result_3_on), (6, measure.result_6_on)):
        due_on = add_months(measure.given_on, months)
        by = measure.changed_by_id if done_on else None
        yield Wanted(f"MEASURE-{months}", "", due_on, **owner_of(measure.case), done_on=done_on, done_by_id=by)


def of_check_in(check_in: CheckIn) -> Iterator[Wanted]:
    """A self-report that a colleague took in is checked by the officer on receipt, and filed or returned."""
    if check_in.voided_at or not check_in.to_check or not check_in.case.running:
        return
    done: dict[str, Any] = {}
    if not check_in.unchecked:
        looked_on = check_in.checked_on or clock.day_of(check_in.changed_at)
        done = {"done_on": looked_on, "done_by_id": check_in.changed_by_id}
    numbers = check_in.case.regime.PARAMETERS
    due = check_report(check_in.received_on, numbers) if CHECK in numbers.rules else None
    if due is not None:
        yield of_law(check_in.case, due, CHECK, month=f"{check_in.month:%m/%Y}", **done)
