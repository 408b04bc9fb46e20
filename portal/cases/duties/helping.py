"""Who helps a person: somebody is proposed, and another where whoever was asked does not help."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.cases.duties.wanting import left_on, of_law, wanted
from portal.cases.models import ANSWER, HELPING, Assignment, Case, may_help
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.workflow import steps_of
from portal.law import common
from portal.law.asking import asked
from portal.law.rule import Due, Parameters

ENDED = "COM-HELPER-END"


def helper_proposed(case: Case, after: Assignment | None = None) -> dict[str, Any]:
    """Done once a helper is asked, or a proposal that was not turned down is under way; *after* an earlier one."""
    last, known = (after.id, after.proposal_id or 0) if after else (0, 0)
    tried = [(one.proposed_on, one) for one in _asked_to_help(case) if one.id > last]
    tried += [
        (one.submitted_on, one)
        for one in case.proposals
        if one.kind == "helper" and one.id > known and one.submitted_on and one.state not in ("rejected", "withdrawn")
    ]
    if not tried:
        return {}
    on, record = min(tried, key=lambda pair: pair[0])
    return {"done_on": on, "done_by_id": record.created_by_id}


def another_helper(case: Case) -> Iterator[Wanted]:
    """Another is proposed where whoever was asked did not accept, or serves no more, unless somebody else helps."""
    helped = case.helper is not None and may_help(case.helper, case.commune)
    for one in _asked_to_help(case):
        gone_on, done = _does_not_help_since(one), helper_proposed(case, after=one)
        if gone_on and (done or not helped):
            told = {"helper": one.assignee.full_name}
            yield wanted(case, "COM-HELPER-ANEW", gone_on + ANSWER, key=str(one.id), values=told, **done)


def end_of_help(case: Case) -> Iterator[Wanted]:
    """The end of somebody's task is proposed within the law's days from when its ground is known (COM-HELPER-END)."""
    running, last = case.accepted("helper"), case.law.last_day
    if running is None:
        return
    grounds = [] if may_help(running.assignee, case.commune) else [left_on(running.assignee, HELPING)]
    grounds += [last.due_on] if last is not None and last.due_on <= clock.today() else []
    due = end_due(case, min(grounds)) if grounds else None
    if due is not None:
        yield of_law(case, due, due.rule, key=str(running.id), **_end_proposed(case, running))


def end_due(case: Case, ground_on: date) -> Due | None:
    """By when the end of the help is proposed; None where the law of the case or of that day asks for none."""
    parameters = case.regime.PARAMETERS
    if ENDED not in parameters.rules:
        return None
    return next((one for one in asked(_ended, ground_on, parameters)), None)


def _ended(ground_on: date, parameters: Parameters) -> list[Due]:
    due = common.helper_end(ground_on, parameters)
    return [due] if due else []


def _end_proposed(case: Case, running: Assignment) -> dict[str, Any]:
    """Done once its end, or another helper, is proposed."""
    for one in case.proposals:
        of_end = one.kind == "helper_end" and one.assignment_id == running.id
        if of_end and one.submitted_on and one.state not in ("rejected", "withdrawn"):
            return {"done_on": one.submitted_on, "done_by_id": one.created_by_id}
    return helper_proposed(case, after=running)


def _asked_to_help(case: Case) -> list[Assignment]:
    return [one for one in case.assignments if one.kind == "helper" and one.voided_at is None]


def _does_not_help_since(asked: Assignment) -> date | None:
    """The day on which somebody declined, was no longer asked, or left service as a helper; None for all others."""
    if asked.state in ("declined", "recalled"):
        steps = steps_of(asked)
        return clock.day_of(steps[-1].at) if steps else asked.proposed_on
    if asked.runs and not may_help(asked.assignee, asked.case.commune):
        return left_on(asked.assignee, HELPING)
    return None
