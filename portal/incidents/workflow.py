"""What can become of an observation: somebody takes it on, or it is closed and it is said why."""

from portal.engine.text import _l
from portal.engine.workflow import State, Transition, Workflow

HANDED_OVER = State(_l("Receipt confirmed"), "waiting")  # received, by another force than the one that noted it down

OBSERVATION = Workflow(
    states={
        "received": State(_l("Received"), "waiting"),
        "accepted": State(_l("Taken on"), "active"),
        "closed": State(_l("Closed"), "done"),
    },
    transitions=(
        Transition("accept", _l("Take it on"), ("received",), "accepted", _l("%(who)s took the observation on")),
        Transition(
            "close", _l("Close the observation"), ("received", "accepted"), "closed",
            _l("%(who)s closed the observation"), needs_reason=True, help=_l("What came of it, or why nothing did."),
        ),
    ),
)  # fmt: skip
