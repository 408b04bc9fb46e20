"""What can become of an observation: somebody takes it on, it turns out to be an incident, or it is closed."""

from typing import Any

from portal.engine.text import _l
from portal.engine.workflow import State, Transition, Workflow

OPEN = ("received", "accepted")
HANDED_OVER = State(_l("Receipt confirmed"), "waiting")  # received, by another force than the one that noted it down


def belongs_to_none(observation: Any) -> bool:
    """Whether it belongs to no incident; one that was struck out lets it go again."""
    return observation.incident is None or observation.incident.voided_at is not None


OBSERVATION = Workflow(
    states={
        "received": State(_l("Received"), "waiting"),
        "accepted": State(_l("Taken on"), "active"),
        "incident": State(_l("Became an incident"), "done"),
        "closed": State(_l("Closed"), "done"),
    },
    transitions=(
        Transition(
            "become", _l("Make it an incident"), (*OPEN, "incident"), "incident",
            _l("%(who)s wrote it down as an incident"), applies=belongs_to_none,
        ),
        Transition(
            "join", _l("Add it to an incident"), (*OPEN, "incident"), "incident",
            _l("%(who)s added it to an incident"), applies=belongs_to_none,
        ),
        Transition("accept", _l("Take it on"), ("received",), "accepted", _l("%(who)s took the observation on")),
        Transition(
            "close", _l("Close the observation"), OPEN, "closed",
            _l("%(who)s closed the observation"), needs_reason=True, help=_l("What came of it, or why nothing did."),
        ),
    ),
)  # fmt: skip
