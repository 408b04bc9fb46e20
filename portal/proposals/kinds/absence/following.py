"""What is owed once a treatment was permitted: the doctor's order or the hospital's confirmation, after the return."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portal.cases.duties.wanting import owner_of
from portal.duties.rules import DutyRule, Wanted
from portal.engine import clock
from portal.engine.text import _l

if TYPE_CHECKING:
    from portal.proposals.kinds.absence.model import AbsenceProposal

PROOF = "TREATMENT-PAPER"
MISSING = ("proof_missing", "proof_failed")  # as it was found on the day of the decision

RULES = (
    DutyRule(PROOF, _l("Ask for the paper of a treatment"),
             _l("%(title)s: the doctor's order or the hospital's confirmation is to come; without it the days count"),
             _l("Record the paper"), "proposals.medical_paper", "police_officer", (("police_chief", 5),)),
)  # fmt: skip


def following(proposal: "AbsenceProposal") -> Iterator[Wanted]:
    """Until it is here; where it never comes, the case ends with the days counted."""
    leave, done = proposal.leave, {}
    if not proposal.awaits_proof:
        came_later = proposal.in_effect and any(one.about in MISSING for one in proposal.findings)
        if not came_later:
            return
        done = {"done_on": clock.day_of(proposal.changed_at), "done_by_id": proposal.changed_by_id}
    if done or proposal.case.running:
        told = {"title": proposal.number}
        yield Wanted(
            PROOF, "", leave.proof_by, values=told, opens_on=leave.returns_on, **done, **owner_of(proposal.case)
        )
