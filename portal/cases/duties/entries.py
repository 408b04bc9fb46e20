"""Which duties belong to an entry of a case: the answer of whoever is asked, and the result of help."""

from collections.abc import Iterator
from typing import Any

from portal.cases.duties.rules import officer
from portal.cases.duties.wanting import owner_of
from portal.cases.models import Assignment, Measure
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.workflow import steps_of
from portal.law.days import add_months

ASSIGNEES = {"officer": officer, "helper": "team_member"}


def of_assignment(assignment: Assignment) -> Iterator[Wanted]:
    """Whoever is asked answers; done by accepting or declining."""
    if assignment.voided_at or not assignment.case.running:
        return
    answer = next((step for step in steps_of(assignment) if step.from_state == "proposed"), None)
    if answer is None and assignment.state != "proposed":
        return
    done: dict[str, Any] = {}
    if answer:
        done = {"done_on": clock.day_of(answer.at), "done_by_id": answer.by_id}
    role = ASSIGNEES[assignment.kind]
    yield Wanted("ASSIGNMENT", "", assignment.answer_by, role, assignment.assignee_id, **done)


def of_measure(measure: Measure) -> Iterator[Wanted]:
    if measure.voided_at or not measure.case.running:
        return
    for months, done_on in ((3, measure.result_3_on), (6, measure.result_6_on)):
        due_on = add_months(measure.given_on, months)
        by = measure.changed_by_id if done_on else None
        yield Wanted(f"MEASURE-{months}", "", due_on, **owner_of(measure.case), done_on=done_on, done_by_id=by)
