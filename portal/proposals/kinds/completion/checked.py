"""No completion is certified for a day that one person worked out: a second one has compared it with the papers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portal.cases.models import EndCheck, confirmed_end
from portal.engine.db import db
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import mark
from portal.engine.workflow import Step, steps_of
from portal.organisation.models import User
from portal.proposals.models import Condition

if TYPE_CHECKING:
    from portal.proposals.kinds.completion.model import CompletionProposal

NOT_CHECKED = mark(
    "A second person has not confirmed the last day as the file stands now. Ask for it on the page of the case: “Have "
    "the last day checked”."
)
BY_AUTHOR = mark(
    "%(name)s confirmed the last day and wrote this proposal. Whoever checks the day is another person: let somebody "
    "else write it, or have the day checked by somebody else."
)
ANOTHER_DAY = mark("The last day that two people checked is %(day)s: that one is certified.")


def against(proposal: "CompletionProposal") -> Iterator[Reason]:
    """Why it is not certified yet."""
    check = confirmed_end(proposal.case)
    if check is None:
        yield Plain(NOT_CHECKED)
        return
    step = _confirmation(check)
    if step is not None and proposal.created_by_id in (step.by_id, step.on_behalf_of_id):
        author = db.session.get(User, proposal.created_by_id)
        yield Plain(BY_AUTHOR, name=author.full_name if author else "")
    if proposal.completed_on != check.last_on:
        yield Misfit("completed_on", ANOTHER_DAY, day=check.last_on)


def conditions(proposal: "CompletionProposal") -> Iterator[Condition]:
    """Who checked it and, where the law gave another day than the paper, both."""
    check = confirmed_end(proposal.case)
    step = _confirmation(check) if check else None
    if check is None or step is None:
        return
    by = db.session.get(User, step.by_id) if step.by_id else None
    yield Condition("ok", "checked", {"day": check.last_on, "name": by.full_name if by else ""})
    if check.ground is not None and check.computed_on is not None:
        days = {"day": check.last_on, "computed": check.computed_on, "paper": check.paper}
        yield Condition("note", "differs", days, confirmed=False)


def _confirmation(check: EndCheck) -> Step | None:
    return next((step for step in reversed(steps_of(check)) if step.name == "confirm"), None)
