"""The way of a report: drafted, submitted, approved or returned, sent. Who may take a step stands in the access table.

An approval is no button here: it freezes the figures and takes a number, which is done by its own action.
"""

from collections.abc import Sequence
from typing import Any, cast

from portal.engine.refusal import Reason
from portal.engine.text import _l
from portal.engine.workflow import State, Transition, Workflow


def complete(report: Any) -> Sequence[Reason]:
    return cast(Sequence[Reason], report.against_submitting())


def signed(report: Any) -> Sequence[Reason]:
    """In law the report is the signed page: before that is registered nothing is sent."""
    return cast(Sequence[Reason], report.document.against_sending) if report.document else ()


REPORT = Workflow(
    states={
        "draft": State(_l("Draft"), "todo"),
        "submitted": State(_l("Submitted"), "waiting"),
        "returned": State(_l("Returned"), "returned"),
        "approved": State(_l("Approved"), "active"),
        "sent": State(_l("Sent"), "done"),
    },
    transitions=(
        Transition(
            "submit", _l("Submit for approval"), ("draft", "returned"), "submitted",
            _l("%(who)s submitted the report"), guard=complete,
        ),
        Transition(
            "approve", _l("Approve and number"), ("submitted",), "approved", _l("%(who)s approved the report"),
            guard=complete, four_eyes=True,
            help=_l("Its figures are frozen with the records that they counted, the next number is taken."),
        ),
        Transition(
            "return", _l("Return with remarks"), ("submitted",), "returned", _l("%(who)s returned the report"),
            needs_reason=True, four_eyes=True, anew=True, help=_l("Back to the author. A reason is needed."),
        ),
        Transition("send", _l("Record as sent"), ("approved",), "sent", _l("%(who)s sent the report"), guard=signed),
    ),
)  # fmt: skip
