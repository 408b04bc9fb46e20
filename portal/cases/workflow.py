"""What can become of a case, of an assignment to it, and of what is recorded in it."""

from collections.abc import Sequence
from typing import Any

from portal.engine.refusal import Plain, Reason
from portal.engine.second_look import Look, looked_at_again
from portal.engine.text import _l, mark
from portal.engine.workflow import State, Transition, Workflow, steps_of


def not_proposed(case: Any) -> Sequence[Reason]:
    """A draft that somebody is asked to open is not taken from under their hands."""
    if all(one.state in ("rejected", "withdrawn") for one in case.proposals):
        return ()
    return (Plain(mark("A proposal asks to open this file. It is withdrawn first.")),)


def not_forgotten(case: Any) -> Sequence[Reason]:
    """A file that lost its names is nobody's any more."""
    gone = mark("A pseudonym stands for the person of this file: nothing of it can run again.")
    return (Plain(gone),) if case.person.forgotten_on else ()


def asked_to_reopen(case: Any) -> bool:
    """Whether the last thing that was done with it is that somebody asked to reopen it."""
    last = next(iter(reversed(steps_of(case))), None)
    return last is not None and last.name == "ask_reopen"


def not_asked_yet(case: Any) -> bool:
    return not asked_to_reopen(case)


CASE = Workflow(
    states={
        "draft": State(_l("Draft"), "todo"),
        "submitted": State(_l("Waiting to be opened"), "waiting"),
        "open": State(_l("Open"), "active"),
        "rejected": State(_l("Not accepted"), "cancelled"),
        "discarded": State(_l("Discarded"), "cancelled"),
        "suspended": State(_l("Suspended"), "paused"),
        "closing": State(_l("Being closed"), "soon"),
        "closed": State(_l("Closed"), "done"),
    },
    transitions=(
        Transition(
            "discard", _l("Discard the draft"), ("draft",), "discarded", _l("%(who)s discarded the draft"),
            guard=not_proposed, needs_reason=True, danger=True,
            help=_l("For a file that was begun in error. It stays with its number and the reason, and counts nowhere."),
        ),
        Transition(
            "take_over", _l("Take the draft over"), ("draft",), "draft", _l("%(who)s took the draft over"),
            help=_l("Whoever wrote it down is no longer in service. It is yours then, to complete or to discard."),
        ),
        Transition("hand_draft", _l("Hand the draft over"), (), "draft", _l("%(who)s handed the draft over")),
        Transition(
            "suspend", _l("Suspend"), ("open",), "suspended", _l("%(who)s suspended the case"), needs_reason=True,
            help=_l("Self-reports and the other monthly steps pause. The term runs on, and so does all that ends it."),
        ),
        Transition(
            "resume", _l("Resume"), ("suspended",), "open", _l("%(who)s resumed the case"), needs_reason=True,
            help=_l("The monthly steps are asked for again from today."),
        ),
        # That somebody decides on its end is told by the case as well; nobody presses it, a proposal brings it about.
        Transition(
            "begin_closing", _l("Begin to close"), ("open",), "closing", _l("The end of the case was proposed"),
            binds=False,
        ),
        Transition(
            "run_again", _l("Run again"), ("closing",), "open", _l("The case runs on: its end was not decided"),
            binds=False,
        ),
        Transition(
            "rest_again", _l("Rest again"), ("closing",), "suspended",
            _l("The case is suspended: its end was not decided, and the person is in custody"), binds=False,
        ),
        # A closed file is locked. What closed it was decided by two, so two open it again.
        Transition(
            "ask_reopen", _l("Ask to reopen the file"), ("closed",), "closed", _l("%(who)s asked to reopen the file"),
            guard=not_forgotten, applies=not_asked_yet, needs_reason=True, asks=True, danger=True,
            help=_l("It was closed in error, or its end was lifted. It stays locked until the chair agrees."),
        ),
        Transition(
            "reopen", _l("Reopen the file"), ("closed",), "open", _l("%(who)s reopened the file"),
            guard=not_forgotten, applies=asked_to_reopen, needs_reason=True, four_eyes=True, danger=True,
            help=_l("It runs again from today, with all that it asks of the person. Figures of the past count anew."),
        ),
        Transition(
            "keep_closed", _l("Leave the file closed"), ("closed",), "closed", _l("%(who)s left the file closed"),
            applies=asked_to_reopen, needs_reason=True, four_eyes=True, help=_l("Nothing changes."),
        ),
        Transition(
            "correct_reception", _l("Correct the day of the reception"), (), "",
            _l("%(who)s corrected the day of the reception"), needs_reason=True,
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


def while_it_runs(of_case: Any) -> Sequence[Reason]:
    return () if of_case.case.running else (Plain(mark("The case is not open.")),)


def unchecked(check_in: Any) -> bool:
    return bool(check_in.unchecked)


CHECK_IN = Workflow(
    states={
        "received": State(_l("Handed in"), "done"),
        "returned": State(_l("Returned as deficient"), "returned"),
    },
    transitions=(
        Transition(
            "file", _l("File it as checked"), ("received",), "received", _l("%(who)s checked the self-report"),
            applies=unchecked, guard=while_it_runs, help=_l("You have read it, and nothing is missing."),
        ),
        Transition(
            "return", _l("Return as deficient"), ("received",), "returned",
            _l("%(who)s returned the self-report"), needs_reason=True,
        ),
    ),
)  # fmt: skip


# No date is set by one person: whoever confirms is another than whoever recorded it, though perhaps their deputy.
# Nor is it unset by one: once confirmed it counts until a second person has agreed with whoever asks to take it back,
# and that is neither a deputy of theirs nor the one in whose name they ask.
TERM_CHANGE = looked_at_again(
    "recorded",
    Look(
        _l("Confirm the shortening"), _l("%(who)s confirmed the shortening"),
        _l("You have compared it with the court's paper. Every day of the case then follows from it."),
    ),
    Look(
        _l("Refuse the shortening"), _l("%(who)s refused the shortening"),
        _l("It never counts. It can be recorded anew as the court's paper has it."),
    ),
    guard=while_it_runs,
    more_states={
        "taking_back": State(_l("Counts, waiting to be taken back"), "waiting"),
        "taken_back": State(_l("Taken back by two people"), "cancelled"),
    },
    more_steps=(
        Transition(
            "ask_back", _l("Ask to take the shortening back"), ("confirmed",), "taking_back",
            _l("%(who)s asked to take the shortening back"), guard=while_it_runs, needs_reason=True, asks=True,
            help=_l("It goes on counting until a second person has agreed."),
        ),
        Transition(
            "take_back", _l("Take the shortening back"), ("taking_back",), "taken_back",
            _l("%(who)s agreed, and took the shortening back"), guard=while_it_runs, four_eyes=True, danger=True,
            help=_l("You have compared it with the court's paper. It counts no more, and every day of the case moves."),
        ),
        Transition(
            "keep", _l("Let the shortening stand"), ("taking_back",), "confirmed",
            _l("%(who)s let the shortening stand"), needs_reason=True, four_eyes=True,
            help=_l("It goes on counting as before."),
        ),
    ),
)  # fmt: skip


# A death ends a case, so whoever confirms it is another than whoever recorded it, and has seen the paper.
DEATH = looked_at_again(
    "recorded",
    Look(
        _l("Confirm the death"), _l("%(who)s confirmed the death"),
        _l("You have compared it with the extract of the death register. The case is closed with its day."),
    ),
    Look(
        _l("Refuse the entry"), _l("%(who)s refused the entry of a death"),
        _l("The case goes on, and what is owed in it."),
    ),
    guard=while_it_runs,
)  # fmt: skip


def as_the_file_stands(asked: Any) -> Sequence[Reason]:
    reasons: Sequence[Reason] = asked.against_confirming
    return reasons


# Days that the law alone would have otherwise today are taken over by two people, never by themselves.
RECKONING = looked_at_again(
    "asked",
    Look(
        _l("Confirm the new days"), _l("%(who)s confirmed the new days"),
        _l("You have compared them with the file and the law. Every day of the case then follows from them."),
    ),
    Look(
        _l("Keep the days as they are"), _l("%(who)s kept the days as they are"),
        _l("The days that were worked out before go on to hold."),
    ),
    guard=as_the_file_stands,
    more_states={"kept": State(_l("As kept"), "done")},
)  # fmt: skip


# A date of birth moves days of the law and ends a minor's protection, so of a case taken on nobody changes it alone.
BIRTH_CORRECTION = looked_at_again(
    "asked",
    Look(
        _l("Confirm the date of birth"), _l("%(who)s confirmed the date of birth"),
        _l("You have compared it with a paper. Every day of the person's cases then follows from it."),
    ),
    Look(
        _l("Refuse the correction"), _l("%(who)s refused the correction of the date of birth"),
        _l("What is kept of the person stays as it is."),
    ),
    guard=as_the_file_stands,
)  # fmt: skip


# No certificate rests on one person's arithmetic: the last day is compared with the papers by somebody else.
END_CHECK = looked_at_again(
    "asked",
    Look(
        _l("Confirm the last day"), _l("%(who)s confirmed the last day"),
        _l("You have compared it with the papers of the case. The certificate rests on it."),
    ),
    Look(
        _l("Refuse the last day"), _l("%(who)s refused the last day"),
        _l("No certificate is proposed until another check is asked for."),
    ),
    guard=as_the_file_stands,
)  # fmt: skip


def when_signed(warning: Any) -> Sequence[Reason]:
    reasons: Sequence[Reason] = (*while_it_runs(warning), *warning.against_giving)
    return reasons


# A warning is the ground of harder steps later, so the officer who drafts it is not the one who signs it.
WARNING = Workflow(
    states={
        "drafted": State(_l("Waiting to be signed"), "waiting"),
        "signed": State(_l("Signed, to be given to the person"), "todo"),
        "given": State(_l("Given to the person"), "done"),
        "refused": State(_l("Not signed"), "cancelled"),
    },
    transitions=(
        Transition(
            "sign", _l("Sign the warning"), ("drafted",), "signed", _l("%(who)s signed the written warning"),
            guard=while_it_runs, four_eyes=True, stand_in=True,
            help=_l("The paper is printed and signed by hand as well; its signed page is registered."),
        ),
        Transition(
            "refuse", _l("Do not sign it"), ("drafted",), "refused", _l("%(who)s did not sign the written warning"),
            needs_reason=True, four_eyes=True, stand_in=True, danger=True,
            help=_l("Nobody is warned. Another warning can be drafted."),
        ),
        Transition(
            "give", _l("Record it as given"), ("signed",), "given",
            _l("%(who)s gave the written warning to the person"), guard=when_signed,
        ),
    ),
)  # fmt: skip

# What becomes of a review follows from whether the person came, and from the law of its day: a deed of its own says it.
REVIEW = Workflow(
    states={
        "planned": State(_l("Planned"), "waiting"),
        "held": State(_l("Held"), "done"),
        "held_without": State(_l("Held without the person"), "done"),
        "not_held": State(_l("Not held"), "cancelled"),
    },
    transitions=(
        Transition("hold", _l("Record it as held"), ("planned",), "held", _l("%(who)s recorded the review")),
        Transition(
            "hold_without", _l("Record it as held without the person"), ("planned",), "held_without",
            _l("%(who)s recorded the review, held without the person"),
        ),
        Transition(
            "not_hold", _l("Record it as not held"), ("planned",), "not_held",
            _l("%(who)s recorded that the person stayed away and no review was held"),
        ),
        Transition("put_off", _l("Put it off"), ("planned",), "planned", _l("%(who)s put the review off")),
    ),
)  # fmt: skip
