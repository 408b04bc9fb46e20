"""The days of a case as they were worked out by an act: with what, by which rules, and why. They stay for ever."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.cases.workflow import RECKONING
from portal.engine.db import Base, Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.engine.workflow import Moves
from portal.law.facts import digest_of
from portal.law.kept import PARTED, read_values, written_values
from portal.law.results import Due

MOVED_ON = mark(
    "Since this was asked for, days of the case were worked out anew, or the law gives others. Refuse it; where a "
    "difference is left, it is asked for anew."
)
COUNTING = ("kept", "confirmed")


class Reckoning(Record, Moves):
    """The days of a case that follow from its facts and the law, as of one act.

    Made by an act that two people did (*because*, the name of its deed) it holds at once. Where the law alone was read
    otherwise since, somebody asks to take the new days over, and a second person confirms it.
    """

    parent = "case"
    protected = True
    sensitive = frozenset({"reason"})
    workflow = RECKONING

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    made_on: Mapped[date]
    because: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    facts: Mapped[str]  # by a digest: the same facts have the same
    last_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="kept")

    case: Mapped[Case] = relationship(back_populates="reckonings")
    days: Mapped[list["ReckonedDay"]] = relationship(order_by="ReckonedDay.id")

    @property
    def counts(self) -> bool:
        return self.state in COUNTING and self.voided_at is None

    @property
    def waits(self) -> bool:
        return self.state == "asked" and self.voided_at is None

    @property
    def against_confirming(self) -> Sequence[Reason]:
        """What was asked for when the case, or the law, stood otherwise takes the place of nothing newer."""
        if not self.case.running:
            return (Plain(mark("The case is not open.")),)
        later = any(one.counts and one.id > self.id for one in self.case.reckonings)
        asked = {(one.rule, one.period, one.due_on) for one in self.days}
        now = {(due.rule, due.period, due.due_on) for due in self.case.worked_out}
        same = self.facts == digest_of(self.case.facts) and asked == now
        return () if same and not later else (Plain(MOVED_ON),)

    def moved(self, transition: str, _actor: Any) -> None:
        if transition == "confirm":
            self.hold()

    def brought_in(self, _words: str) -> None:
        """What held elsewhere goes on to hold: of several the last."""
        if self.counts:
            self.hold()

    def hold(self) -> None:
        """From now on the last day of the case is this one, as long as its facts are the same."""
        self.case.kept_facts, self.case.kept_ends_on = self.facts, self.last_on


class ReckonedDay(Base):
    """One day with its reason, as the rule gave it. It never changes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    reckoning_id: Mapped[int] = mapped_column(ForeignKey("reckoning.id"), index=True)
    rule: Mapped[str]
    period: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    label: Mapped[str]
    due_on: Mapped[date]
    source: Mapped[str]
    confirmed: Mapped[bool]
    holds_from: Mapped[date | None]  # the version of the rule
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    note: Mapped[str] = mapped_column(default="")
    note_values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @classmethod
    def of(cls, due: Due) -> "ReckonedDay":
        plain = ("rule", "period", "kind", "label", "due_on", "source", "confirmed", "holds_from", "note")
        parted = {name: written_values(getattr(due, name)) for name in PARTED}
        return cls(**{name: getattr(due, name) for name in plain}, **parted)

    @property
    def due(self) -> Due:
        """The day as the rule gave it then."""
        return Due(
            self.rule, self.due_on, self.label, self.source, self.confirmed, self.kind, period=self.period,
            inputs=read_values(self.inputs), note=self.note, note_values=read_values(self.note_values),
            holds_from=self.holds_from,
        )  # fmt: skip
