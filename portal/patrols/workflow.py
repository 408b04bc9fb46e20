"""The way of a patrol: planned, under way, logged, countersigned by each force, closed.

Nobody presses *complete*, *lapse* and *settle*: they follow from the last answer, or from the day on which a force that
the log leaves out is waited for no more.
"""

from collections.abc import Sequence
from typing import Any

from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import State, Transition, Workflow


def not_before_its_day(patrol: Any) -> list[Reason]:
    """What was planned for a later day cannot begin yet."""
    if patrol.planned_day_lies_ahead:
        day = patrol.planned_day
        return [Plain(mark("The patrol is planned for %(day)s. Change its day if it goes out earlier."), day=day)]
    return []


def its_own_forces_word_alone(patrol: Any) -> Sequence[Reason]:
    """What another force signed is not written over: who sees it differently disputes it."""
    against: Sequence[Reason] = patrol.against_correction
    return against


STANDING = ("countersigned", "closed")  # whose log stands

PATROL = Workflow(
    states={
        "planned": State(_l("Planned"), "todo"),
        "under_way": State(_l("Under way"), "active"),
        "logged": State(_l("Waits for countersignatures"), "waiting"),
        "disputed": State(_l("Disputed"), "returned"),
        "countersigned": State(_l("Countersigned"), "done"),
        "closed": State(_l("Closed"), "done"),
        "cancelled": State(_l("Cancelled"), "cancelled"),
    },
    transitions=(
        Transition(
            "start", _l("Start the patrol"), ("planned",), "under_way", _l("%(who)s started the patrol"),
            guard=not_before_its_day,
        ),
        Transition(
            "log", _l("Finish and write the log"), ("planned", "under_way"), "logged",
            _l("%(who)s wrote the log of the patrol"),
        ),
        Transition(
            "log_again", _l("Write the log again"), ("disputed",), "logged", _l("%(who)s wrote the log again"),
        ),
        Transition(
            "correct", _l("Correct the log"), ("logged", *STANDING), "logged",
            _l("%(who)s corrected the log"), guard=its_own_forces_word_alone,
        ),
        Transition("sign", _l("Countersign"), ("logged",), "logged", _l("%(who)s countersigned the log")),
        Transition(
            "agree", _l("We took no part"), ("logged",), "logged",
            _l("%(who)s agreed that their force took no part"),
        ),
        Transition(
            "dispute", _l("See it differently"), ("logged",), "disputed", _l("%(who)s disputed the log"),
            needs_reason=True, help=_l("The log goes back to be written again; say what is not as it was."),
        ),
        Transition(
            "complete", _l("All have signed"), ("logged",), "countersigned",
            _l("Every force has countersigned, the last one: %(who)s"),
        ),
        Transition(
            "lapse", _l("The days to object have passed"), ("logged",), "countersigned",
            _l("A force that the log leaves out let the days pass in which it was asked: the log stands"),
        ),
        Transition(
            "settle", _l("Nothing is left open"), ("countersigned",), "closed",
            _l("Nothing was recommended: the patrol is closed"),
        ),
        Transition(
            "close", _l("Close the patrol"), ("countersigned",), "closed", _l("%(who)s closed the patrol"),
            needs_reason=True, help=_l("What was recommended has been dealt with."),
        ),
        Transition(
            "cancel", _l("Cancel the patrol"), ("planned", "under_way"), "cancelled",
            _l("%(who)s cancelled the patrol"), needs_reason=True, danger=True,
        ),
    ),
)  # fmt: skip

TOOK_PLACE = ("logged", "countersigned", "disputed", "closed")  # what counts as a patrol that was made
UNSETTLED = ("logged", "disputed")  # whose log not every force has countersigned
AHEAD = ("planned", "under_way")
TAKES_FILES = (*AHEAD, "logged", "disputed")  # until another force has signed
STANDS = ("complete", "lapse")  # the steps from which on a log stands
WRITABLE = (*AHEAD, "disputed")  # what may still be written
