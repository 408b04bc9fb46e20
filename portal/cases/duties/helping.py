"""Who helps a person: somebody is proposed, and another where whoever was asked does not help."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.cases.duties.wanting import left_on, wanted
from portal.cases.models import ANSWER, HELPING, Assignment, Case, may_help
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.workflow import steps_of


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
