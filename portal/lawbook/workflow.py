"""What can become of a change to the numbers of the law, and of the days off of a year."""

from collections.abc import Sequence
from typing import Any

from portal.engine.refusal import Reason
from portal.engine.second_look import Look, decided_by_another
from portal.engine.text import _l
from portal.engine.workflow import State, Transition, Workflow


def as_it_stands(change: Any) -> Sequence[Reason]:
    reasons: Sequence[Reason] = change.refusals()
    return reasons


# No number of the law is set by one person: the chief proposes with a source, and the chair decides.
RULE_CHANGE = decided_by_another(
    Look(
        _l("Approve the change"), _l("%(who)s approved the change"),
        _l("From now on every date is computed by it. What was decided before keeps its reasons of that day."),
    ),
    Look(_l("Reject the change"), _l("%(who)s rejected the change"), _l("Nothing moves. A reason is needed.")),
    guard=as_it_stands,
)  # fmt: skip

# Days off are entered by one and confirmed by another, who compares them with the announcement.
YEAR_OFF = Workflow(
    states={
        "entered": State(_l("Waiting for confirmation"), "waiting"),
        "confirmed": State(_l("Confirmed by a second person"), "done"),
        "refused": State(_l("Refused"), "cancelled"),
        "withdrawn": State(_l("Withdrawn"), "cancelled"),
    },
    transitions=(
        Transition(
            "confirm", _l("Confirm the days off"), ("entered",), "confirmed", _l("%(who)s confirmed the days off"),
            four_eyes=True, help=_l("You have compared them with the announcement. Working days are counted by them."),
        ),
        Transition(
            "refuse", _l("Refuse the days off"), ("entered",), "refused", _l("%(who)s refused the days off"),
            needs_reason=True, four_eyes=True, danger=True,
            help=_l("The table stays as it is. They can be entered anew."),
        ),
        Transition(
            "withdraw", _l("Withdraw the entry"), ("entered",), "withdrawn", _l("%(who)s withdrew the entry"),
            danger=True,
        ),
    ),
)  # fmt: skip
