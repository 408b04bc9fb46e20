"""That somebody broke what they pledged: proposed by one, decided by another, never by itself."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import Record
from portal.engine.workflow import Moves
from portal.households.models.pledge import Pledge
from portal.households.workflow import BREACH
from portal.organisation.models import User


class PledgeBreach(Record, Moves):
    """A breach as it is proposed. Who decides is written into it by the law of the day (`portal.law.approval`)."""

    workflow = BREACH
    sensitive = frozenset({"reason"})

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), index=True)
    happened_on: Mapped[date]
    reason: Mapped[str]  # what happened, and how it is known
    state: Mapped[str] = mapped_column(default="proposed", index=True)
    decider_role: Mapped[str]
    decided_on: Mapped[date | None]

    pledge: Mapped[Pledge] = relationship(foreign_keys=pledge_id)
    author: Mapped[User | None] = relationship(foreign_keys="PledgeBreach.created_by_id")

    def moved(self, transition: str, actor: Actor) -> None:
        """Once it is approved the pledge is breached; it counts as signed all the same."""
        if transition in ("approve", "reject"):
            self.decided_on = clock.today()
        if transition == "approve":
            pledge: Any = self.pledge
            pledge.workflow.follow("breach", pledge, actor)
            pledge.breached_on, pledge.reason = clock.today(), self.reason
