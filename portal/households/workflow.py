"""What can become of a campaign and of a pledge.

A pledge is confirmed with many others at a time, and a breach is decided on a proposal: neither is a button of its own.
"""

from typing import Any

from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import State, Transition, Workflow


def ready_to_open(campaign: Any) -> list[Reason]:
    """What people are to sign must be written, and somebody must be there to sign it."""
    if not campaign.text.strip():
        return [Plain(mark("The text of the pledge is not written yet."))]
    if not campaign.goals:
        return [Plain(mark("The commune has no village yet in which anybody could sign."))]
    return []


def still_holds(breach: Any) -> list[Reason]:
    """What was withdrawn or struck out meanwhile is not breached."""
    pledge = breach.pledge
    if pledge.voided_at is None and pledge.state in ("signed", "confirmed"):
        return []
    return [Plain(mark("The pledge does not hold any more."))]


CAMPAIGN = Workflow(
    states={
        "draft": State(_l("Draft"), "todo"),
        "open": State(_l("Open"), "active"),
        "closed": State(_l("Closed"), "done"),
    },
    transitions=(
        Transition(
            "open", _l("Open the campaign"), ("draft",), "open", _l("%(who)s opened the campaign"), guard=ready_to_open,
            help=_l("From then on people sign it. Its text and its days are changed no more."),
        ),
        Transition(
            "close", _l("Close the campaign"), ("open",), "closed", _l("%(who)s closed the campaign"), danger=True,
            help=_l("Nothing is signed in it any more."),
        ),
    ),
)  # fmt: skip

PLEDGE = Workflow(
    states={
        "signed": State(_l("Signed"), "waiting"),
        "confirmed": State(_l("Confirmed by the village head"), "done"),
        "withdrawn": State(_l("Withdrawn"), "cancelled"),
        "breached": State(_l("Breached"), "overdue"),
    },
    transitions=(
        Transition(
            "withdraw", _l("Withdraw the pledge"), ("signed", "confirmed"), "withdrawn",
            _l("%(who)s recorded that the pledge was withdrawn"), needs_reason=True, danger=True,
        ),
        Transition(
            "breach", _l("Breached"), ("signed", "confirmed"), "breached",
            _l("The breach was decided by %(who)s"), danger=True,
        ),
        Transition(
            "restore", _l("Holds again"), (), "", _l("The decision on its breach was taken back by %(who)s"),
        ),
        Transition(
            "correct_day", _l("Correct the day of signing"), (), "", _l("%(who)s corrected the day of signing"),
            needs_reason=True,
        ),
    ),
)  # fmt: skip
HOLDING = ("signed", "confirmed", "breached")  # a household that has withdrawn may sign anew

UNDECIDED = ("proposed", "taking_back")  # in which a second person is asked

BREACH = Workflow(
    states={
        "proposed": State(_l("Proposed"), "waiting"),
        "approved": State(_l("Decided"), "done"),
        "rejected": State(_l("Rejected"), "cancelled"),
        "withdrawn": State(_l("Withdrawn"), "cancelled"),
        "taking_back": State(_l("Decided, waiting to be taken back"), "waiting"),
        "taken_back": State(_l("Taken back by two people"), "cancelled"),
    },
    transitions=(
        Transition(
            "approve", _l("Decide that it was breached"), ("proposed",), "approved",
            _l("%(who)s decided that it was breached"), guard=still_holds, four_eyes=True, danger=True,
            help=_l("The pledge counts as signed all the same."),
        ),
        Transition(
            "reject", _l("Reject"), ("proposed",), "rejected", _l("%(who)s rejected the breach"), needs_reason=True,
            four_eyes=True,
        ),
        Transition(
            "withdraw", _l("Withdraw the proposal"), ("proposed",), "withdrawn", _l("%(who)s withdrew the proposal"),
            danger=True,
        ),
        Transition(
            "ask_back", _l("Ask to take the decision back"), ("approved",), "taking_back",
            _l("%(who)s asked to take the decision back"), needs_reason=True, asks=True,
            help=_l("The pledge stays breached until a second person has agreed."),
        ),
        Transition(
            "take_back", _l("Take the decision back"), ("taking_back",), "taken_back",
            _l("%(who)s agreed, and took the decision back"), four_eyes=True, danger=True,
            help=_l("The pledge then stands as it did before."),
        ),
        Transition(
            "keep", _l("Let the decision stand"), ("taking_back",), "approved", _l("%(who)s let the decision stand"),
            needs_reason=True, four_eyes=True,
        ),
    ),
)  # fmt: skip
