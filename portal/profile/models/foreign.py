"""Villages on the other side of the border, which face those of the commune."""

import enum
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _l, mark
from portal.organisation.models import Unit


class Country(enum.StrEnum):
    LAOS = "laos"
    CAMBODIA = "cambodia"
    CHINA = "china"


COUNTRY_NAMES = {Country.LAOS: _l("Laos"), Country.CAMBODIA: _l("Cambodia"), Country.CHINA: _l("China")}


class ForeignVillage(Entry):
    """A village abroad as it was known at a day, and which village of the commune it faces, if one."""

    prefix = "BN"
    dated = "as_of"
    searched = ("name",)

    country: Mapped[Country]
    name: Mapped[str]
    households: Mapped[int]
    persons: Mapped[int]
    as_of: Mapped[date] = mapped_column(index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # which it faces

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id)

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.persons < self.households:
            yield Misfit("persons", mark("There cannot be fewer inhabitants than households."))
