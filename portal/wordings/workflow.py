"""What can become of another wording: nobody decides on their own."""

from collections.abc import Sequence
from typing import Any

from portal.engine.refusal import Reason
from portal.engine.text import _l
from portal.engine.workflow import State, Transition, Workflow


def as_it_stands(change: Any) -> Sequence[Reason]:
    reasons: Sequence[Reason] = change.refusals()
    return reasons


WORDING = Workflow(
    states={
        "proposed": State(_l("Waiting for the decision"), "waiting"),
        "approved": State(_l("Approved"), "done"),
        "rejected": State(_l("Rejected"), "cancelled"),
        "withdrawn": State(_l("Withdrawn"), "cancelled"),
    },
    transitions=(
        Transition(
            "approve", _l("Approve the wording"), ("proposed",), "approved", _l("%(who)s approved the wording"),
            guard=as_it_stands, four_eyes=True,
            help=_l("Papers of its first day and later say it so. What was decided before keeps its words."),
        ),
        Transition(
            "reject", _l("Reject the wording"), ("proposed",), "rejected", _l("%(who)s rejected the wording"),
            needs_reason=True, four_eyes=True, danger=True, help=_l("The papers stay as they are. A reason is needed."),
        ),
        Transition(
            "withdraw", _l("Withdraw the proposal"), ("proposed",), "withdrawn", _l("%(who)s withdrew the proposal"),
            danger=True,
        ),
    ),
)  # fmt: skip
