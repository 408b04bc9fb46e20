"""Establishments: whatever does business in a village."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.engine.vietnamese import fold
from portal.organisation.models import Unit


class Establishment(Record):
    """A business at one place, from a day to a day, both included. One that moves closes and opens elsewhere."""

    __table_args__ = (UniqueConstraint("commune_id", "number"), Index("ix_establishment_walk", "village_id", "walk"))

    sensitive = frozenset({"owner", "folded"})

    number: Mapped[str]  # CS-NHA-001
    trade_name: Mapped[str]
    business: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    walk: Mapped[int]
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    since: Mapped[date]
    until: Mapped[date | None]
    folded: Mapped[str] = mapped_column(default="")  # what it is found by

    village: Mapped[Unit] = relationship(foreign_keys=village_id)

    @property
    def name(self) -> str:
        return self.trade_name

    @property
    def door(self) -> str:
        """The bare number."""
        return self.number.rpartition("-")[2]


@event.listens_for(Establishment, "before_insert")
@event.listens_for(Establishment, "before_update")
def _found_by(_mapper: Any, _connection: Any, one: Establishment) -> None:
    one.folded = fold(f"{one.number} {one.trade_name} {one.owner or ''} {one.business}")
