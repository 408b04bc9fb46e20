"""What can become of another wording: nobody decides on their own."""

from collections.abc import Sequence
from typing import Any

from portal.engine.refusal import Reason
from portal.engine.second_look import Look, decided_by_another
from portal.engine.text import _l


def as_it_stands(change: Any) -> Sequence[Reason]:
    reasons: Sequence[Reason] = change.refusals()
    return reasons


WORDING = decided_by_another(
    Look(
        _l("Approve the wording"), _l("%(who)s approved the wording"),
        _l("Papers of its first day and later say it so. What was decided before keeps its words."),
    ),
    Look(
        _l("Reject the wording"), _l("%(who)s rejected the wording"),
        _l("The papers stay as they are. A reason is needed."),
    ),
    guard=as_it_stands,
)  # fmt: skip
