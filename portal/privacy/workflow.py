"""What can become of a round in which closed files lose their names."""

from portal.engine.text import _l
from portal.engine.workflow import State, Transition, Workflow

RETENTION_ROUND = Workflow(
    states={
        "proposed": State(_l("Waiting for the decision"), "waiting"),
        "approved": State(_l("Approved, to be carried out"), "active"),
        "carried_out": State(_l("Carried out"), "done"),
        "rejected": State(_l("Rejected"), "cancelled"),
        "withdrawn": State(_l("Withdrawn"), "cancelled"),
    },
    transitions=(
        Transition(
            "approve", _l("Approve, for good"), ("proposed",), "approved", _l("%(who)s approved the round"),
            four_eyes=True, danger=True,
            help=_l("Names, numbers, addresses, texts and files are gone afterwards. Nobody brings them back."),
        ),
        Transition(
            "reject", _l("Reject the round"), ("proposed",), "rejected", _l("%(who)s rejected the round"),
            needs_reason=True, four_eyes=True, help=_l("Nothing is changed. A reason is needed."),
        ),
        Transition(
            "withdraw", _l("Withdraw the proposal"), ("proposed", "approved"), "withdrawn",
            _l("%(who)s withdrew the round"), needs_reason=True,
            help=_l("Whoever has not lost their name yet keeps it."),
        ),
        Transition("carry_out", _l("Carry out"), ("approved",), "carried_out", _l("The round was carried out")),
    ),
)  # fmt: skip
