"""What becomes of something that a phone sent too late: a second person decides."""

from portal.engine.text import _l
from portal.engine.workflow import State, Transition, Workflow

HELD = Workflow(
    states={
        "held": State(_l("Waits for the chief"), "waiting"),
        "taken": State(_l("Taken over"), "done"),
        "refused": State(_l("Refused"), "returned"),
    },
    transitions=(
        Transition("take_over", _l("Take it over"), ("held",), "taken", _l("%(who)s took over what was sent")),
        Transition(
            "refuse", _l("Refuse it"), ("held",), "refused", _l("%(who)s refused what was sent"), needs_reason=True,
        ),
    ),
)  # fmt: skip
