"""Which duties a proposal makes: whose step is next."""

from collections.abc import Iterator
from datetime import timedelta

from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine.text import _l
from portal.proposals.models import Proposal

ANSWER = timedelta(days=3)  # our own policy: a proposal does not lie about

RULES = (
    DutyRule("ENDORSE", _l("Endorse a proposal"), _l("%(title)s: to be endorsed"), _l("Read and endorse"),
             "proposals.show", "police_chief", (("commune_leader", 5),), decision=True),
    DutyRule("DECIDE", _l("Decide on a proposal"), _l("%(title)s: to be decided"), _l("Read and decide"),
             "proposals.show", "commune_leader", decision=True),
    DutyRule("COMPLETE", _l("Complete a returned proposal"), _l("%(title)s: returned to be completed"),
             _l("Complete it"), "proposals.edit", "police_officer", (("police_chief", 5),)),
    DutyRule("COMMUNICATE", _l("Communicate a decision"), _l("%(title)s: tell the decision"), _l("Open the proposal"),
             "proposals.show", "police_officer", (("police_chief", 5),)),
)  # fmt: skip


def of_proposal(proposal: Proposal) -> Iterator[Wanted]:
    """One open duty at a time: that of whoever the proposal waits for."""
    if proposal.voided_at:
        return
    day = (proposal.submitted_on or proposal.created_at.date()) + ANSWER
    number = {"title": proposal.number}
    if proposal.state == "submitted" and proposal.endorser_role:
        yield Wanted("ENDORSE", "", day, proposal.endorser_role, values=number)
    elif proposal.state in ("submitted", "endorsed"):
        yield Wanted("DECIDE", "", day, proposal.decider_role or "", values=number)
    elif proposal.state == "returned":
        yield Wanted("COMPLETE", "", day, "police_officer", proposal.created_by_id, values=number)
    elif proposal.state == "approved" and proposal.decided_on and _to_be_told(proposal):
        due_on, owner = proposal.decided_on + ANSWER, proposal.case.owner_id
        yield Wanted("COMMUNICATE", "", due_on, "police_officer", owner, values=number)


def _to_be_told(proposal: Proposal) -> bool:
    """A permit is told to the person. A helper learns of it by the assignment, a closed case needs no telling."""
    return proposal.kind == "absence" and proposal.case.running


SOURCES = (Source(Proposal, RULES, of_proposal),)
