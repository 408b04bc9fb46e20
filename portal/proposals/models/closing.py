"""While somebody decides on the end of a case, the case is being closed: a step of its own, and the way back."""

from typing import TYPE_CHECKING

from portal.cases import owed
from portal.engine.access import Actor
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark

if TYPE_CHECKING:
    from portal.proposals.models.proposal import Proposal

CROSSED = mark("%(number)s would end the case as well, and is under way: it is decided, returned or withdrawn first.")
BEFORE_SOMEBODY = ("submitted", "endorsed", "oral")
COMES_TO_NOTHING = ("return", "withdraw", "reject", "lapse")


def follow(proposal: "Proposal", transition: str, actor: Actor | None) -> None:
    """Let the case follow a step of a proposal that would close it.

    Where that comes to nothing the case runs again, or rests, if custody began meanwhile; but not while another such
    proposal is before somebody.
    """
    case = proposal.case
    if transition == "submit" and case.state == "open":
        case.workflow.follow("begin_closing", case, actor)
    if transition in COMES_TO_NOTHING and case.state == "closing" and not _others(proposal):
        case.workflow.follow("rest_again" if owed.rests_now(case) else "run_again", case, actor)


def crossed(proposal: "Proposal") -> list[Reason]:
    """Why it does not go on: no two people decide on two ends of one case."""
    return [Plain(CROSSED, number=one.number) for one in _others(proposal)[:1]] if proposal.closes else []


def _others(proposal: "Proposal") -> list["Proposal"]:
    others = (one for one in proposal.case.proposals if one is not proposal and one.voided_at is None)
    return [one for one in others if one.closes and one.state in BEFORE_SOMEBODY]
