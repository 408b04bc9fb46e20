"""What can become of a case, and of an assignment to it."""

from portal.engine.text import _l
from portal.engine.workflow import State, Transition, Workflow

CASE = Workflow(
    states={
        "draft": State(_l("Draft"), "todo"),
        "submitted": State(_l("Waiting to be opened"), "waiting"),
        "open": State(_l("Open"), "active"),
        "rejected": State(_l("Not accepted"), "cancelled"),
        "suspended": State(_l("Suspended"), "paused"),
        "closing": State(_l("Being closed"), "soon"),
        "closed": State(_l("Closed"), "done"),
    },
    transitions=(
        Transition(
            "suspend", _l("Suspend"), ("open",), "suspended", _l("%(who)s suspended the case"), needs_reason=True,
            help=_l("Self-reports and the other monthly steps pause. The term runs on, and so does all that ends it."),
        ),
        Transition(
            "resume", _l("Resume"), ("suspended",), "open", _l("%(who)s resumed the case"), needs_reason=True,
            help=_l("The monthly steps are asked for again from today."),
        ),
    ),
)  # fmt: skip

ASSIGNMENT = Workflow(
    states={
        "proposed": State(_l("Waiting for acceptance"), "waiting"),
        "accepted": State(_l("Accepted"), "active"),
        "declined": State(_l("Declined"), "returned"),
        "recalled": State(_l("Taken back"), "cancelled"),
        "ended": State(_l("Ended"), "done"),
    },
    transitions=(
        Transition(
            "accept", _l("Accept the assignment"), ("proposed",), "accepted", _l("%(who)s accepted the assignment")
        ),
        Transition(
            "decline", _l("Decline"), ("proposed",), "declined", _l("%(who)s declined the assignment"),
            needs_reason=True, danger=True,
        ),
        Transition(
            "recall", _l("Take the request back"), ("proposed",), "recalled", _l("%(who)s took the request back"),
            needs_reason=True, help=_l("Then somebody else can be asked. The case keeps whom it has."),
        ),
    ),
)  # fmt: skip

CHECK_IN = Workflow(
    states={
        "received": State(_l("Handed in"), "done"),
        "returned": State(_l("Returned as deficient"), "returned"),
    },
    transitions=(
        Transition(
            "return", _l("Return as deficient"), ("received",), "returned",
            _l("%(who)s returned the self-report"), needs_reason=True,
        ),
    ),
)  # fmt: skip
