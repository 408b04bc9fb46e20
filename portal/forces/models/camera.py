"""Cameras that watch public places: one record is one eye, from the day it was put up to the day it was taken down."""

import enum
from collections.abc import Iterable
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry, Part
from portal.engine import clock
from portal.engine.refusal import Misfit, Reason
from portal.engine.spans import goes_on
from portal.engine.text import _l, mark
from portal.engine.workflow import State
from portal.organisation.models import Unit

WORKING, BROKEN, GONE = (
    State(_l("Working"), "done"), State(_l("Broken"), "overdue"), State(_l("Taken down"), "cancelled")
)  # fmt: skip


class CameraState(enum.StrEnum):
    WORKING = "working"
    BROKEN = "broken"


CAMERA_STATE_NAMES = {CameraState.WORKING: _l("Working"), CameraState.BROKEN: _l("Broken")}


class Camera(Entry):
    """One camera eye. *removed_on* is the first day on which it is no more there."""

    prefix = "CAM"
    dated = "installed_on"
    searched = ("location",)

    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    location: Mapped[str]
    installed_on: Mapped[date] = mapped_column(index=True)
    removed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit] = relationship(foreign_keys=village_id)
    checks: Mapped[list["CameraCheck"]] = relationship(
        back_populates="camera", order_by="CameraCheck.seen_on, CameraCheck.id"
    )

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.removed_on and self.removed_on < self.installed_on:
            yield Misfit("removed_on", mark("It cannot be taken down before it was put up."))

    @property
    def standing(self) -> State:
        """How it stands today: gone, or as it was last seen to work; a new one works."""
        if not goes_on(self.removed_on, clock.today()):
            return GONE
        seen = [one for one in self.checks if one.voided_at is None]
        return BROKEN if seen and seen[-1].state == CameraState.BROKEN else WORKING


class CameraCheck(Part):
    """That a camera was found working or broken on a day."""

    parent = "camera"

    camera_id: Mapped[int] = mapped_column(ForeignKey("camera.id"), index=True)
    seen_on: Mapped[date]
    state: Mapped[CameraState]
    note: Mapped[str] = mapped_column(default="")

    camera: Mapped[Camera] = relationship(back_populates="checks")

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.seen_on < self.camera.installed_on:
            yield Misfit("seen_on", mark("The camera was not there yet on that day."))
        if self.camera.removed_on and self.seen_on > self.camera.removed_on:
            yield Misfit("seen_on", mark("The camera was taken down before that day."))
