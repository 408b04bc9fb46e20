"""What is owed of a leave once it was decided: where it is sent up, its way; of a treatment the paper."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from portal.cases.duties.wanting import owner_of
from portal.duties.rules import DutyRule, Wanted
from portal.engine import clock
from portal.engine.text import _l
from portal.engine.workflow import taken_at
from portal.proposals.kinds.sent_up import CLIMB, sending, sending_of

if TYPE_CHECKING:
    from portal.proposals.kinds.absence.model import AbsenceProposal

DAY = timedelta(days=1)  # our own policy: the person knows it before they leave
SENT, ANSWER, TOLD, PROOF = "LEAVE-SENT", "LEAVE-ANSWER", "LEAVE-TOLD", "TREATMENT-PAPER"
MISSING = ("proof_missing", "proof_failed")  # as it was found on the day of the decision

RULES = (
    DutyRule(SENT, _l("Send the file of a leave"), _l("%(title)s: the file is to be sent to the agency"),
             _l("Open the proposal"), "proposals.show", "police_officer", CLIMB),
    DutyRule(ANSWER, _l("Record the agency's answer to a leave"),
             _l("%(title)s: ask whether the agency permits it, and record the answer"), _l("Record the answer"),
             "proposals.agency_answer", "police_officer", CLIMB),
    DutyRule(TOLD, _l("Tell the person what the agency answered"),
             _l("%(title)s: tell the person what the agency answered"), _l("Record as done"), "duties.finish",
             "police_officer", CLIMB, by_hand=True),
    DutyRule(PROOF, _l("Ask for the paper of a treatment"),
             _l("%(title)s: the doctor's order or the hospital's confirmation is to come; without it the days count"),
             _l("Record the paper"), "proposals.medical_paper", "police_officer", (("police_chief", 5),)),
)  # fmt: skip


def following(proposal: "AbsenceProposal") -> Iterator[Wanted]:
    yield from _of_the_way_up(proposal)
    yield from _of_a_treatment(proposal)


def _of_the_way_up(proposal: "AbsenceProposal") -> Iterator[Wanted]:
    """One after the other; of what the chair permits here nothing but the steps of its way."""
    if not proposal.goes_up:
        return
    yield from sending(proposal, SENT)
    if (sent := sending_of(proposal)) is not None:
        yield from _answer(proposal, sent_on=clock.day_of(sent.at))


def _answer(proposal: "AbsenceProposal", sent_on: date) -> Iterator[Wanted]:
    """Known a day before the departure. Of a case that runs no more nobody asks for what is missing still."""
    told, owner, answered_at = {"title": proposal.number}, owner_of(proposal.case), taken_at(proposal, "carry_out")
    due_on = max(sent_on, proposal.leaves_on - DAY)
    if proposal.agency_on is None:
        if proposal.case.running:
            yield Wanted(ANSWER, "", due_on, values=told, **owner)
        return
    done_on = clock.day_of(answered_at) if answered_at else proposal.agency_on
    yield Wanted(ANSWER, "", due_on, values=told, done_on=done_on, done_by_id=proposal.changed_by_id, **owner)
    if proposal.case.running:
        yield Wanted(TOLD, "", done_on + DAY, values=told, **owner)


def _of_a_treatment(proposal: "AbsenceProposal") -> Iterator[Wanted]:
    """The doctor's order or the hospital's confirmation, until it is here; where it never comes, the days count."""
    leave = proposal.leave
    done: dict[str, Any] = {}
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
