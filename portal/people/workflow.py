"""What can become of a request of somebody about their data, and of a legal hold."""

from collections.abc import Sequence
from typing import Any, cast

from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import State, Transition, Words, Workflow

NO_PAPER = mark("The paper with the answer is not in the register yet.")


def once_issued(request: Any) -> Sequence[Reason]:
    """The answer is a paper: it is told once the signed page has its number, its day and its scan."""
    paper = request.document
    return cast(Sequence[Reason], paper.against_telling) if paper else (Plain(NO_PAPER),)


# Nothing is answered by the button alone: the pages of the two answers do it, and have it told.
PERSON_REQUEST = Workflow(
    states={
        "received": State(_l("Waits for its answer"), "waiting"),
        "answered": State(_l("Answered"), "active"),
        "refused": State(_l("Refused"), "active"),
        "told": State(_l("Told to the person"), "done"),
        "withdrawn": State(_l("Withdrawn by the person"), "cancelled"),
    },
    transitions=(
        Transition("answer", _l("Answer"), ("received",), "answered", _l("%(who)s answered the request")),
        Transition(
            "refuse", _l("Refuse the request"), ("received",), "refused", _l("%(who)s refused the request"),
            needs_reason=True, danger=True,
            words=Words(mark("Why it is refused, as the person will read it"), mark("Please give the reason.")),
            help=_l("The person is told the reason on paper, and that they may complain of it."),
        ),
        Transition(
            "withdraw", _l("The person withdraws it"), ("received",), "withdrawn", _l("%(who)s closed the request"),
            needs_reason=True, help=_l("Nothing is answered. Say how the person told you."),
        ),
        Transition(
            "tell", _l("Told to the person"), ("answered", "refused"), "told", _l("%(who)s handed over the answer"),
            guard=once_issued, help=_l("The paper with the answer was handed over."),
        ),
    ),
)  # fmt: skip

# It protects, so one person sets it; what it protects is lost for good, so another lifts it.
LEGAL_HOLD = Workflow(
    states={
        "holds": State(_l("In force"), "active"),
        "lifted": State(_l("Lifted"), "done"),
    },
    transitions=(
        Transition(
            "lift", _l("Lift the hold"), ("holds",), "lifted", _l("%(who)s lifted the hold"), needs_reason=True,
            four_eyes=True, danger=True,
            help=_l("What is kept of the person may then be forgotten once its time has come."),
        ),
    ),
)  # fmt: skip
