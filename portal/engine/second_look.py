"""What one person writes down or asks counts once another has looked at it: the states and steps such records share."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from portal.engine.text import _l
from portal.engine.workflow import Guard, State, Transition, Workflow, nothing_against


@dataclass(frozen=True)
class Look:
    """What a second person can find: the label of the button, the sentence of the story with %(who)s, what follows."""

    label: Any
    story: Any
    help: Any


def looked_at_again(
    first: str, confirm: Look, refuse: Look, guard: Guard = nothing_against, *,
    more_states: Mapping[str, State] = MappingProxyType({}), more_steps: tuple[Transition, ...] = (),
) -> Workflow:  # fmt: skip
    """From the state *first*: confirmed if nothing is against it by the *guard*, or refused with a reason.

    Whoever wrote it down does neither; a deputy of theirs may, for what is compared is a paper. *more_states* and
    *more_steps* are what a record knows besides.
    """
    return Workflow(
        states={
            first: State(_l("Waiting for confirmation"), "waiting"),
            "confirmed": State(_l("Confirmed by a second person"), "done"),
            "refused": State(_l("Refused"), "cancelled"),
            **more_states,
        },
        transitions=(
            Transition(
                "confirm", confirm.label, (first,), "confirmed", confirm.story, guard=guard, four_eyes=True,
                stand_in=True, help=confirm.help,
            ),
            Transition(
                "refuse", refuse.label, (first,), "refused", refuse.story, needs_reason=True, four_eyes=True,
                stand_in=True, danger=True, help=refuse.help,
            ),
            *more_steps,
        ),
    )  # fmt: skip


def decided_by_another(approve: Look, reject: Look, guard: Guard = nothing_against) -> Workflow:
    """A proposed change: approved if nothing is against it by the *guard*, rejected with a reason, or withdrawn.

    Whoever proposed it can only withdraw it, and so can a deputy of theirs.
    """
    return Workflow(
        states={
            "proposed": State(_l("Waiting for the decision"), "waiting"),
            "approved": State(_l("Approved"), "done"),
            "rejected": State(_l("Rejected"), "cancelled"),
            "withdrawn": State(_l("Withdrawn"), "cancelled"),
        },
        transitions=(
            Transition(
                "approve", approve.label, ("proposed",), "approved", approve.story, guard=guard, four_eyes=True,
                help=approve.help,
            ),
            Transition(
                "reject", reject.label, ("proposed",), "rejected", reject.story, needs_reason=True, four_eyes=True,
                danger=True, help=reject.help,
            ),
            Transition(
                "withdraw", _l("Withdraw the proposal"), ("proposed",), "withdrawn",
                _l("%(who)s withdrew the proposal"), danger=True,
            ),
        ),
    )  # fmt: skip
