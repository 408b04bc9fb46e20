"""The hand-over of somebody's whole work: who to whom, and what became of each thing that they held."""

import enum
from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.organisation.models import Unit, User

MINUTES = "BB"  # the kind of paper under which the register knows it


class Outcome(enum.StrEnum):
    ASKED = "asked"  # the successor's once they have accepted
    PASSED = "passed"
    FOLLOWS = "follows"  # a record that goes
    STAYS = "stays"


class WorkHandover(Record):
    """What somebody held, handed to a successor on a day. *giver_left*: they were no longer in service.

    *unit* is the force of whoever had it done: the minutes stand in its register.
    """

    sensitive = frozenset({"reason"})

    giver_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    taker_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    on: Mapped[date]
    reason: Mapped[str]
    giver_left: Mapped[bool]

    giver: Mapped[User] = relationship(foreign_keys=giver_id)
    taker: Mapped[User] = relationship(foreign_keys=taker_id)
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    author: Mapped[User | None] = relationship(foreign_keys="WorkHandover.created_by_id")
    lines: Mapped[list["HandoverLine"]] = relationship(back_populates="handover", order_by="HandoverLine.position")

    def count(self, outcome: Outcome) -> int:
        return sum(line.many for line in self.lines if line.outcome == outcome)


class HandoverLine(Record):
    """One thing that was held: a marked text with its values, what became of it, and where it stays, why."""

    parent = "handover"

    work_id: Mapped[int] = mapped_column(ForeignKey("work_handover.id"), index=True)
    position: Mapped[int]
    holding: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[int]
    told: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    many: Mapped[int]  # how many it stands for
    outcome: Mapped[Outcome]
    why: Mapped[str] = mapped_column(default="")
    why_values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    handover: Mapped[WorkHandover] = relationship(back_populates="lines", foreign_keys=work_id)
