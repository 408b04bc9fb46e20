"""What a rule answers: a refusal or a ground with its clause, or a day with its reason.

Each names its rule and, by *holds_from*, the version of it: the day from which the number used holds (None: no number).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Value = date | int | str


@dataclass(frozen=True)
class Refusal:
    """Why the law, or the state of a record, forbids something: a sentence, its numbers and the clause."""

    message: str
    numbers: Mapping[str, Value] = field(default_factory=dict)
    rule: str = ""
    source: str = ""
    confirmed: bool = True
    holds_from: date | None = None


@dataclass(frozen=True)
class Ground:
    """What the law calls for, or suggests, by what has happened: a sentence, its numbers and the clause."""

    message: str
    numbers: Mapping[str, Value] = field(default_factory=dict)
    rule: str = ""
    source: str = ""
    confirmed: bool = True
    holds_from: date | None = None


@dataclass(frozen=True)
class Due:
    """A computed day with its reason.

    *kind* is "deadline", "right" (from that day on), "start", "end" or "period". A window runs from *opens_on* to
    *due_on*, both included. *alert_on* is the working day before, where a day counted backwards falls on a day off.
    *owner* is the role that owes it; what the person owes stands under the officer who records it. *period* tells apart
    the dues of one rule in one case: "2026-11", "2026-Q4", or the name of a step. *due_at* is set where the law counts
    clock hours.
    """

    rule: str
    due_on: date
    label: str
    source: str
    confirmed: bool
    kind: str = "deadline"
    opens_on: date | None = None
    alert_on: date | None = None
    inputs: Mapping[str, Value] = field(default_factory=dict)
    note: str = ""
    note_values: Mapping[str, Value] = field(default_factory=dict)
    owner: str = "police_officer"
    period: str = ""
    due_at: datetime | None = None
    holds_from: date | None = None

    @property
    def latest_reading(self) -> date:
        """The day or, where the law can be read otherwise, the later of the two."""
        other = self.note_values.get("other")
        return max(self.due_on, other) if isinstance(other, date) else self.due_on
