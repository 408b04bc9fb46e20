"""What can become of a meeting and of a task that it gave. Who may take a step stands in the access table."""

from collections.abc import Sequence
from typing import Any, cast

from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import State, Transition, Words, Workflow

CALLED_OFF = ("postpone", "break_off", "cancel")  # the steps after which a meeting does not take place on its day


def ready(meeting: Any) -> Sequence[Reason]:
    """Nobody is invited to a meeting without people or an agenda, or to one that has begun."""
    return cast(Sequence[Reason], meeting.not_ready())


def with_quorum(meeting: Any) -> Sequence[Reason]:
    return cast(Sequence[Reason], meeting.without_quorum())


def led(meeting: Any) -> Sequence[Reason]:
    """A meeting begins once enough are there, and whoever takes the chair is one of them."""
    if meeting.chair_was_there:
        return with_quorum(meeting)
    text = mark("%(name)s, who takes the chair, is not there. Save who is there, then change the chair.")
    return (*with_quorum(meeting), Plain(text, name=meeting.chair.full_name))


def lost_quorum(meeting: Any) -> bool:
    return not meeting.has_quorum


def nothing_concluded(meeting: Any) -> Sequence[Reason]:
    """What was concluded does not vanish with a meeting that was not held after all."""
    concluded = [str(item.position) for item in meeting.items if item.concluded]
    text = mark("Items with an outcome: %(numbers)s. Take those back first: nothing is concluded without the quorum.")
    return (Plain(text, numbers=", ".join(concluded)),) if concluded else ()


def all_concluded(meeting: Any) -> Sequence[Reason]:
    """Every item has its outcome, and what was ordered has somebody to do it, by a day."""
    return cast(Sequence[Reason], meeting.not_concluded())


def written_down(meeting: Any) -> Sequence[Reason]:
    """Minutes tell the whole meeting: that it could conclude, the outcome of each item, and its end."""
    return (*with_quorum(meeting), *all_concluded(meeting), *meeting.not_explained(), *meeting.not_ended())


def heard_rightly(meeting: Any) -> Sequence[Reason]:
    """Nobody approves what they did not hear, nor what too few heard."""
    if meeting.chair_was_there:
        return with_quorum(meeting)
    return (
        *with_quorum(meeting),
        Plain(
            mark("%(name)s was not at the meeting. Record who took the chair; they approve the minutes."),
            name=meeting.chair.full_name,
        ),
    )


def settled(meeting: Any) -> Sequence[Reason]:
    """Closed is what leaves nothing behind: concluded, and every excerpt returned to where it came from."""
    return (*all_concluded(meeting), *meeting.not_returned())


MEETING = Workflow(
    states={
        "scheduled": State(_l("Scheduled"), "todo"),
        "convened": State(_l("Invitations sent"), "waiting"),
        "held": State(_l("Held"), "active"),
        "minutes_drafted": State(_l("Minutes wait for the chair"), "waiting"),
        "minutes_approved": State(_l("Minutes approved"), "active"),
        "closed": State(_l("Closed"), "done"),
        "postponed": State(_l("Postponed"), "paused"),
        "cancelled": State(_l("Cancelled"), "cancelled"),
    },
    transitions=(
        Transition(
            "convene", _l("Send the invitations"), ("scheduled",), "convened",
            _l("%(who)s sent the invitations"), guard=ready,
        ),
        Transition("hold", _l("Begin the meeting"), ("convened",), "held", _l("%(who)s recorded who came"),
                   guard=led),
        Transition(
            "draft_minutes", _l("Put the minutes before the chair"), ("held",), "minutes_drafted",
            _l("%(who)s put the minutes before the chair"), guard=written_down, asks=True,
        ),
        Transition(
            "return_minutes", _l("Return the minutes"), ("minutes_drafted",), "held",
            _l("%(who)s returned the minutes"), needs_reason=True,
        ),
        Transition(
            "approve_minutes", _l("Approve the minutes"), ("minutes_drafted",), "minutes_approved",
            _l("%(who)s approved the minutes"), guard=heard_rightly, four_eyes=True,
        ),
        Transition("close", _l("Close the meeting"), ("minutes_approved",), "closed", _l("%(who)s closed the meeting"),
                   guard=settled),
        Transition(
            "postpone", _l("Postpone without a day"), ("scheduled", "convened"), "postponed",
            _l("%(who)s postponed the meeting"), needs_reason=True,
        ),
        Transition(
            "break_off", _l("Break the meeting off"), ("held",), "postponed",
            _l("%(who)s broke the meeting off: the quorum was not there"), applies=lost_quorum, needs_reason=True,
            guard=nothing_concluded,
        ),
        Transition("move", _l("Move it to another day"), (), "", _l("%(who)s moved the meeting"), binds=False),
        Transition(
            "take_chair", _l("Somebody else takes the chair"), (), "", _l("%(who)s named another chair"), binds=False,
        ),
        Transition("reschedule", _l("Set a new day"), ("postponed",), "scheduled", _l("%(who)s set a new day")),
        Transition(
            "cancel", _l("Cancel the meeting"), ("scheduled", "convened", "postponed"), "cancelled",
            _l("%(who)s cancelled the meeting"), needs_reason=True, danger=True,
        ),
    ),
)  # fmt: skip

RESULT = Words(mark("Result"), mark("Please say what came of it."))

TASK = Workflow(
    states={
        "open": State(_l("Being done"), "active"),
        "done": State(_l("Done"), "done"),
        "dropped": State(_l("Dropped"), "cancelled"),
    },
    transitions=(
        Transition("finish", _l("Report it done"), ("open",), "done", _l("%(who)s reported it done"),
                   needs_reason=True, words=RESULT),
        Transition("drop", _l("Drop it"), ("open",), "dropped", _l("%(who)s dropped it"), needs_reason=True,
                   danger=True),
        Transition("reopen", _l("It is not done yet"), ("done", "dropped"), "open", _l("%(who)s opened it again"),
                   needs_reason=True),
    ),
)  # fmt: skip
