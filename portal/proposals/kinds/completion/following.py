"""A completion that was signed ahead: on its day the case closes, or something stands in the way, to be done first."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from portal.cases.duties.wanting import owner_of
from portal.duties.rules import DutyRule, Wanted
from portal.engine.text import _l

if TYPE_CHECKING:
    from portal.proposals.kinds.completion.model import CompletionProposal

CLOSES = "CLOSES-ON-ITS-DAY"

RULES = (
    DutyRule(CLOSES, _l("Close a case whose completion was signed ahead"),
             _l("%(title)s: do what is still open in the case, so that it closes on its day"), _l("Open the proposal"),
             "proposals.show", "police_officer", (("police_chief", 0),)),
)  # fmt: skip


def following(proposal: "CompletionProposal") -> Iterator[Wanted]:
    """Owed until the case is closed: by this proposal, or by whatever came in between."""
    case, told = proposal.case, {"title": proposal.number}
    done: dict[str, Any] = {"done_on": case.closed_on, "done_by_id": proposal.decided_by_id} if case.closed_on else {}
    if proposal.signed_ahead and (done or proposal.waits_for_its_day):
        yield Wanted(CLOSES, "", proposal.completed_on, values=told, **done, **owner_of(case))
