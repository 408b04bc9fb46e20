"""What becomes of a session: planned, then held or cancelled. What was not planned was held when it is written down."""

from portal.engine.text import _l
from portal.engine.workflow import State, Transition, Workflow

PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"

SESSION = Workflow(
    states={
        PLANNED: State(_l("Planned"), "todo"),
        HELD: State(_l("Took place"), "done"),
        CANCELLED: State(_l("Cancelled"), "cancelled"),
    },
    transitions=(
        Transition(
            "hold", _l("Record that it was held"), (PLANNED,), HELD, _l("%(who)s recorded that it was held"),
        ),
        Transition(
            "cancel", _l("Cancel it"), (PLANNED,), CANCELLED, _l("%(who)s cancelled it"), needs_reason=True,
            help=_l("It stays in the book with your reason, and counts nowhere."),
        ),
    ),
)  # fmt: skip
