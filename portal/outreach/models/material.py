"""What was printed and handed out or put up: leaflets, banners, posters."""

import enum
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry
from portal.engine import clock
from portal.engine.text import _l
from portal.organisation.models import Unit


class MaterialKind(enum.StrEnum):
    LEAFLET = "leaflet"
    BANNER = "banner"
    POSTER = "poster"
    OTHER = "other"


MATERIAL_KIND_NAMES = {
    MaterialKind.LEAFLET: _l("Leaflet"),
    MaterialKind.BANNER: _l("Banner"),
    MaterialKind.POSTER: _l("Poster"),
    MaterialKind.OTHER: _l("Other material"),
}


class Material(Entry):
    """So many pieces of one kind on one subject, handed out or put up on one day; without a village, in the commune."""

    prefix = "TL"
    dated = "distributed_on"
    searched = ("topic",)

    kind: Mapped[MaterialKind]
    quantity: Mapped[int]
    topic: Mapped[str]
    distributed_on: Mapped[date] = mapped_column(default=clock.today, index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    note: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id)
