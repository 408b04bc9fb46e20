"""Steps that follow one another: each is counted from the day on which the one before it was done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.law import deadlines
from portal.law.rule import Due, Parameters, _

NOT_YET = _("Counted from the last day of the step before, which is not recorded yet.")

Done = Sequence[date | None]


@dataclass(frozen=True)
class Bound:
    """The day after which none of the first *steps* of a chain ends, and what is said where it cuts one short."""

    steps: int
    by: Due
    note: str

    def cut(self, due: Due) -> Due:
        """A step that would end later ends, and is counted, as all of them together."""
        later = due.due_on > self.by.due_on
        return replace(self.by, label=due.label, period=due.period, owner=due.owner, note=self.note) if later else due


def hops(
    parameters: Parameters, keys: Sequence[str], begun_on: date, done: Done = (), bound: Bound | None = None
) -> list[Due]:
    """The last day of each step of a chain that began on a day, each by the law of its own beginning.

    A step that the law of its day does not know is left out. Of the others *done* names the days on which the first
    ones were done. A step whose predecessor is not done counts from that one's last day, and says so.
    """
    found: list[Due] = []
    event_on, recorded = begun_on, True
    for place, key in enumerate(keys):
        if key not in parameters.on(event_on):
            continue
        due = deadlines.after(parameters, key, event_on)
        if bound is not None and place < bound.steps:
            due = bound.cut(due)
        done_on = done[len(found)] if len(found) < len(done) else None
        found.append(due if recorded or due.note else replace(due, note=NOT_YET))
        event_on, recorded = done_on or due.due_on, done_on is not None
    return found
