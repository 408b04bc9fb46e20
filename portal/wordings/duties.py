"""What another wording asks of a second person."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.text import _l
from portal.engine.workflow import steps_of
from portal.organisation.models import Role
from portal.wordings.models import WordingChange

ANSWER = timedelta(days=3)  # our own policy, as for proposals

RULES = (
    DutyRule("DECIDE-WORDING", _l("Decide on the wording of a paper"), _l("%(title)s: to be decided"),
             _l("Read and decide"), "wordings.change", Role.COMMUNE_LEADER, decision=True),
)  # fmt: skip


def of_change(change: WordingChange) -> Iterator[Wanted]:
    if change.voided_at or change.state == "withdrawn":
        return
    last = next(iter(reversed(steps_of(change))), None)
    done: dict[str, Any] = {"done_on": clock.day_of(last.at), "done_by_id": last.by_id} if last else {}
    due = clock.day_of(change.created_at) + ANSWER
    yield Wanted("DECIDE-WORDING", "", due, change.decider_role, values={"title": change.number}, **done)


SOURCES = (Source(WordingChange, RULES, of_change),)
