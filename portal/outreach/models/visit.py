"""Visits to people of prestige and religious bodies: for which occasion, to how many. Never whom, never a belief."""

import enum
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry
from portal.engine import clock
from portal.engine.text import _l
from portal.organisation.models import Unit


class Visited(enum.StrEnum):
    PERSON_OF_PRESTIGE = "person_of_prestige"
    RELIGIOUS_BODY = "religious_body"
    OTHER = "other"


VISITED_NAMES = {
    Visited.PERSON_OF_PRESTIGE: _l("People of prestige"),
    Visited.RELIGIOUS_BODY: _l("Religious bodies"),
    Visited.OTHER: _l("Others"),
}


class CommunityVisit(Entry):
    """A round of visits on one day. *count* says how many were visited; who they are is not kept."""

    prefix = "TH"
    dated = "visited_on"
    searched = ("occasion",)
    sensitive = frozenset({"occasion", "folded"})

    body: Mapped[Visited]
    count: Mapped[int]
    occasion: Mapped[str]
    visited_on: Mapped[date] = mapped_column(default=clock.today, index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # the force or body that went

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id)
    unit: Mapped[Unit | None] = relationship(foreign_keys=unit_id)
