"""Totals of a village as they were declared at a day. Ethnic and religious ones are totals only, never of a person."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import mark
from portal.organisation.models import Unit

PARTS = (
    ("minority_households", "households"), ("minority_persons", "persons"),
    ("religious_households", "households"), ("religious_persons", "persons"),
)  # fmt: skip


class VillageStat(Entry):
    """Households and inhabitants of a village as of a day, and how many of them belong to minorities or a religion."""

    prefix = "TK"
    dated = "as_of"
    searched = ("source",)

    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    as_of: Mapped[date] = mapped_column(index=True)
    households: Mapped[int]
    persons: Mapped[int]
    minority_households: Mapped[int]
    minority_persons: Mapped[int]
    religious_households: Mapped[int]
    religious_persons: Mapped[int]
    source: Mapped[str] = mapped_column(default="")  # the paper from which it was taken

    village: Mapped[Unit] = relationship(foreign_keys=village_id)

    @property
    def misfits(self) -> Iterable[Reason]:
        for part, whole in PARTS:
            if getattr(self, part) > getattr(self, whole):
                told = mark("This cannot be more than all of the village: %(whole)s.")
                yield Misfit(part, told, whole=getattr(self, whole))
