"""Disputes among the people, and how their mediation ended."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry
from portal.engine import clock
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import mark
from portal.engine.workflow import Shape, State
from portal.incidents.models.words import SETTLEMENT_NAMES, DisputeKind, Settlement
from portal.organisation.models import Unit

_SHAPES: dict[Settlement, Shape] = {
    Settlement.PENDING: "waiting",
    Settlement.SETTLED: "done",
    Settlement.NOT_SETTLED: "returned",
}


class Dispute(Entry):
    """A dispute that is mediated. Its parties are counted and not named."""

    prefix = "HG"
    dated = "taken_up_on"
    searched = ("text", "mediator")
    sensitive = frozenset({"text", "mediator", "folded"})

    taken_up_on: Mapped[date] = mapped_column(index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[DisputeKind]
    parties: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    mediator: Mapped[str] = mapped_column(default="")
    result: Mapped[Settlement] = mapped_column(default=Settlement.PENDING)
    result_on: Mapped[date | None]

    village: Mapped[Unit] = relationship(foreign_keys=village_id, lazy="joined")

    @property
    def standing(self) -> State:
        result = self.result or Settlement.PENDING
        return State(SETTLEMENT_NAMES[result], _SHAPES[result])

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.taken_up_on > clock.today():
            yield Misfit("taken_up_on", mark("The day lies in the future."))
        if (self.result or Settlement.PENDING) == Settlement.PENDING:
            if self.result_on:
                yield Misfit("result_on", mark("A day stands here only once the mediation ended."))
        elif self.result_on is None:
            yield Misfit("result_on", mark("Please give the day on which the mediation ended."))
        elif self.result_on < self.taken_up_on:
            yield Misfit("result_on", mark("The mediation cannot end before it began."))
        elif self.result_on > clock.today():
            yield Misfit("result_on", mark("The day lies in the future."))
