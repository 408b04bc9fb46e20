"""The commune's own points: border markers, check-points, villages, posts. Places on a sketch, not on the earth."""

import enum
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.engine.text import _l
from portal.organisation.models import Unit

SKETCH = 1000  # the sketch is so many steps wide and high


class LandmarkKind(enum.StrEnum):
    BORDER_MARKER = "border_marker"
    CHECK_POINT = "check_point"
    VILLAGE = "village"
    POST = "post"


LANDMARK_KIND_NAMES = {
    LandmarkKind.BORDER_MARKER: _l("Border marker"),
    LandmarkKind.CHECK_POINT: _l("Check-point"),
    LandmarkKind.VILLAGE: _l("Village"),
    LandmarkKind.POST: _l("Post or office"),
}


class Landmark(Record):
    """A point that patrols pass, from a day to a day, both included. *x* and *y* place it on the commune's sketch."""

    kind: Mapped[LandmarkKind]
    code: Mapped[str] = mapped_column(default="")  # of a border marker: "790"
    name: Mapped[str]
    x: Mapped[int]
    y: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id)

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to) and self.voided_at is None
