"""Another number for a rule that nobody has read in the text in force, or another reading that the texts allow."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Record, db
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _, mark, say
from portal.engine.workflow import Moves
from portal.law import approval
from portal.law.catalogue import amendable, newest
from portal.law.policies import POLICIES
from portal.law.rule import Parameter
from portal.lawbook.models.kept import forget
from portal.lawbook.models.moved import MovedDay
from portal.lawbook.workflow import RULE_CHANGE
from portal.organisation.models import Unit, User

NUMBER, READING = "number", "reading"


class RuleChange(Record, Moves):
    """What the chief proposes of the law with its source, and the chair decides ("rule_number", `portal.law.approval`).

    A number holds for events from *holds_from* on; *seen* says that somebody read it in the text in force. A reading
    holds for every event. A later approved change of the same key takes the place of an earlier one.
    """

    workflow = RULE_CHANGE
    READ_ONLY: ClassVar[tuple[str, ...]] = ("kind", "key", "value", "holds_from", "source", "seen", "reason")

    number: Mapped[str]  # QT-2026-003
    kind: Mapped[str]  # number reading
    key: Mapped[str] = mapped_column(index=True)  # of the number, or of the question that is read
    value: Mapped[str]  # a whole number, a share as "1/3", or the name of a reading
    holds_from: Mapped[date | None]
    source: Mapped[str] = mapped_column(default="")
    seen: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="proposed", index=True)
    decider_role: Mapped[str]
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    commune: Mapped[Unit] = relationship(foreign_keys="RuleChange.commune_id")
    author: Mapped[User | None] = relationship(foreign_keys="RuleChange.created_by_id")
    moved_days: Mapped[list[MovedDay]] = relationship(order_by=MovedDay.id)

    __table_args__ = (UniqueConstraint("commune_id", "number"),)

    @property
    def title(self) -> str:
        return _("Change of a rule %(number)s", number=self.number)

    @property
    def about(self) -> str:
        """The label of the number, or the question that is read."""
        if self.kind == READING:
            return say(POLICIES[self.key].question) if self.key in POLICIES else self.key
        found = newest(self.key)
        return say(found.label) if found else self.key

    @property
    def parameter(self) -> Parameter:
        """The number as the table of the law holds it; ValueError for a reading."""
        known = newest(self.key)
        if self.kind != NUMBER or known is None or self.holds_from is None:
            raise ValueError(f"{self.key} is no number of the law")
        return Parameter(self.holds_from, Fraction(self.value), self.source, self.seen, known.unit)

    def refusals(self) -> list[Reason]:
        """Why it cannot be decided on: what it is about is not to be changed, or is not known any more."""
        return list(self._refusals())

    def _refusals(self) -> Iterator[Reason]:
        if self.kind == READING:
            if self.key not in POLICIES or self.value not in POLICIES[self.key].readings:
                yield Plain(mark("The portal knows no such reading."))
        elif newest(self.key) is None:
            yield Plain(mark("The portal knows no such rule."))
        elif not amendable(self.key):
            yield Plain(mark("This number was read in the text in force: it is not for a commune to change it."))

    def moved(self, transition: str, actor: Actor) -> None:
        if transition in ("approve", "reject"):
            self.decided_on, self.decided_by_id = clock.today(), actor.id
        if transition == "approve":
            self._hold()

    def brought_in(self, _words: str) -> None:
        if self.state == "approved":
            self._hold()

    def _hold(self) -> None:
        self.commune.own_law, self.commune.duties_on = True, None  # the next page draws all duties anew
        forget(db.session())


def decider() -> str:
    """The role that decides on a change of today."""
    return approval.chain("rule_number", clock.today()).decider
