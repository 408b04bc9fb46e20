"""The way of every proposal: written, endorsed, decided, told, carried out.

Who endorses and who decides is written into the proposal when it is submitted, by its kind and the day
(`portal.law.approval`); the access table compares it with the role of whoever presses the button.
"""

from collections.abc import Sequence
from typing import Any, cast

from portal.engine.refusal import Plain, Reason
from portal.engine.second_look import Look, looked_at_again
from portal.engine.text import _l, mark
from portal.engine.workflow import State, Transition, Words, Workflow


def by_law(proposal: Any) -> list[Reason]:
    foreign: list[Reason] = proposal.foreign_to(proposal.case)
    return foreign or [*proposal.refusals(), *proposal.crossed()]


def by_law_today(proposal: Any) -> list[Reason]:
    foreign: list[Reason] = proposal.foreign_to(proposal.case)
    return foreign or [*proposal.word_lapsed(), *proposal.refusals_of_decision(), *proposal.crossed()]


def signed(proposal: Any) -> Sequence[Reason]:
    """In law the decision is the signed page: before that is registered there is nothing to tell anybody.

    It is asked here for all kinds. A kind that has no paper has nothing to wait for.
    """
    return cast(Sequence[Reason], proposal.document.against_telling) if proposal.document else ()


def needs_endorsement(proposal: Any) -> bool:
    return proposal.endorser_role is not None


def ready_to_decide(proposal: Any) -> bool:
    return proposal.state in ("endorsed", "oral") or not needs_endorsement(proposal)


def may_be_oral(proposal: Any) -> bool:
    return bool(proposal.may_be_oral) and not proposal.goes_up and ready_to_decide(proposal)


TIMED_OUT = State(_l("Timed out"), "overdue")  # what waits is shown so, once the time of the law has passed


PROPOSAL = Workflow(
    states={
        "draft": State(_l("Draft"), "todo"),
        "submitted": State(_l("Submitted"), "waiting"),
        "returned": State(_l("Returned"), "returned"),
        "endorsed": State(_l("Endorsed"), "waiting"),
        "approved": State(_l("Approved"), "done"),
        "rejected": State(_l("Rejected"), "cancelled"),
        "withdrawn": State(_l("Withdrawn"), "cancelled"),
        "communicated": State(_l("Communicated"), "done"),
        "carried_out": State(_l("Carried out"), "done"),
        "oral": State(_l("Approved orally"), "waiting"),
        "lapsed": State(_l("Lapsed"), "overdue"),
        "settled": State(_l("Lapsed and dealt with"), "cancelled"),
    },
    transitions=(
        Transition(
            "submit", _l("Submit for approval"), ("draft", "returned"), "submitted",
            _l("%(who)s submitted the proposal"), guard=by_law,
        ),
        Transition(
            "endorse", _l("Endorse"), ("submitted",), "endorsed", _l("%(who)s endorsed the proposal"),
            guard=by_law, applies=needs_endorsement, four_eyes=True, stand_in=True,
            help=_l("Goes to whoever decides."),
        ),
        Transition(
            "approve", _l("Approve"), ("submitted", "endorsed", "oral"), "approved",
            _l("%(who)s approved the proposal"), guard=by_law_today, applies=ready_to_decide, four_eyes=True,
            help=_l("The decision takes effect."),
        ),
        Transition(
            "return", _l("Return to be completed"), ("submitted", "endorsed"), "returned",
            _l("%(who)s returned the proposal"), needs_reason=True, four_eyes=True, stand_in=True,
            anew=True, help=_l("Back to the author. A reason is needed."),
        ),
        Transition(
            "reject", _l("Reject"), ("submitted", "endorsed", "oral"), "rejected", _l("%(who)s rejected the proposal"),
            applies=ready_to_decide, needs_reason=True, four_eyes=True, danger=True,
            help=_l("Ends the proposal. A reason is needed."),
        ),
        Transition(
            "withdraw", _l("Withdraw the proposal"), ("draft", "submitted", "returned", "endorsed"), "withdrawn",
            _l("%(who)s withdrew the proposal"), danger=True,
        ),
        Transition(
            "communicate", _l("Record as communicated"), ("approved",), "communicated",
            _l("%(who)s communicated the decision"), guard=signed,
        ),
        Transition(
            "carry_out", _l("Record as carried out"), ("communicated",), "carried_out",
            _l("%(who)s recorded the decision as carried out"),
        ),
        Transition(  # a page of its own asks who said it, when, how, and why it could not wait
            "approve_orally", _l("Record an oral approval"), ("submitted", "endorsed"), "oral",
            _l("%(who)s recorded that it was approved orally"), guard=by_law_today, applies=may_be_oral,
        ),
        Transition(
            "lapse", _l("Let the oral approval lapse"), ("oral",), "lapsed",
            _l("The oral approval lapsed: nobody confirmed it in writing in time"), binds=False,
        ),
        Transition(
            "settle_lapsed", _l("Record what was done about it"), ("lapsed",), "settled",
            _l("%(who)s dealt with what had been done under the lapsed approval"), needs_reason=True,
            words=Words(mark("What was done"), mark("Please write what was done.")),
        ),
        Transition(
            "time_out", _l("The time passed"), (), "", _l("The time that the law gives to decide passed"), binds=False,
        ),
    ),
)  # fmt: skip


def while_it_runs(answer: Any) -> Sequence[Reason]:
    return () if answer.case.running else (Plain(mark("The case is not open.")),)


# The court decides; that the case ends by it is written down by one and confirmed by another.
COURT_ANSWER = looked_at_again(
    "recorded",
    Look(
        _l("Confirm the answer"), _l("%(who)s confirmed the answer"),
        _l("You have compared it with the court's paper. If it was accepted, the case closes."),
    ),
    Look(
        _l("Refuse the answer"), _l("%(who)s refused the answer"),
        _l("It counts nowhere. It can be recorded anew as the court's paper has it."),
    ),
    guard=while_it_runs,
)  # fmt: skip
