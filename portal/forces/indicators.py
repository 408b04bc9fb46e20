"""What is counted of the forces: cameras put up, and those in place."""

from typing import Any

from sqlalchemy import Select, or_, select

from portal.engine.indicators import Examples, Indicator, Period, by_month
from portal.engine.text import _l
from portal.forces.models import Camera
from portal.organisation.breakdowns import by_village


def _cameras(period: Period) -> Select[Any]:
    return select(Camera).where(Camera.commune_id.in_(period.communes), Camera.voided_at.is_(None))


def new_cameras(period: Period) -> Select[Any]:
    return _cameras(period).where(Camera.installed_on.between(period.first, period.last))


def cameras_in_place(period: Period) -> Select[Any]:
    stands = or_(Camera.removed_on.is_(None), Camera.removed_on > period.last)
    return _cameras(period).where(Camera.installed_on <= period.last, stands)


_PARTED = (by_village(Camera.village_id), by_month(Camera.installed_on))

NEW_CAMERAS = Indicator(
    "cameras.new", _l("Cameras put up in the period"), _l("cameras"),
    _l("Cameras put up on a day of the period, even if they were taken down later. One entry is one camera eye."),
    "flow", Camera, new_cameras, breakdowns=_PARTED,
    examples=Examples(
        (_l("put up on the first or the last day of the period"), _l("put up in the period and taken down since")),
        (_l("put up before the period"), _l("entered in error")),
    ),
)  # fmt: skip
CAMERAS = Indicator(
    "cameras.total", _l("Cameras in place"), _l("cameras"),
    _l("Cameras that are in place at the end of the last day of the period."),
    "stock", Camera, cameras_in_place, breakdowns=_PARTED,
    examples=Examples(
        (_l("put up on the last day of the period"), _l("broken, and still in place")),
        (_l("taken down on the last day of the period"), _l("entered in error")),
    ),
)  # fmt: skip

INDICATORS = (NEW_CAMERAS, CAMERAS)
