"""What a completion waits for, each with the page on which it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from portal.cases.models import Case, confirmed_end
from portal.cases.undone import open_duties
from portal.duties.presenter import Row, rows
from portal.engine.access import Actor, may
from portal.proposals.kinds.completion.model import CompletionProposal
from portal.proposals.models import Proposal


@dataclass(frozen=True)
class StillToDo:
    """The duties that are open by today; where the last day is checked, if it is not; where what stays is said."""

    duties: Sequence[Row]
    check_url: str
    leave_url: str


def still_to_do(user: Actor, proposal: Proposal) -> StillToDo | None:
    """None of what is decided, of what is no completion, and for whoever records nothing in the case."""
    case = proposal.case
    if not isinstance(proposal, CompletionProposal) or proposal.decided_on or not may(user, "record", case):
        return None
    owed = open_duties(case) if case.running and not case.under_military else ()
    unchecked = case.running and proposal.certifies and confirmed_end(case) is None
    if not (owed or unchecked):
        return None
    return StillToDo(rows(user, owed), _check_url(case) if unchecked else "", url_for("cases.undone", id=case.id))


def _check_url(case: Case) -> str:
    """Where the check is asked for, or the one that waits."""
    waiting = next((one for one in case.end_checks if one.waits), None)
    return url_for("cases.end_checked", id=waiting.id) if waiting else url_for("cases.check_end", id=case.id)
