"""The books about forces and what they watch with."""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.books import Book, Column, PartOf, Words
from portal.engine import clock
from portal.engine.listing import Chip
from portal.engine.text import _l
from portal.forces.forms import CameraCheckForm, CameraForm
from portal.forces.models import CAMERA_STATE_NAMES, Camera, CameraCheck, CameraState


def _in_place() -> ColumnElement[bool]:
    return or_(Camera.removed_on.is_(None), Camera.removed_on > clock.today())


def _broken() -> ColumnElement[bool]:
    of_it = select(CameraCheck.state).where(CameraCheck.camera_id == Camera.id, CameraCheck.voided_at.is_(None))
    last = of_it.order_by(CameraCheck.seen_on.desc(), CameraCheck.id.desc()).limit(1).scalar_subquery()
    return and_(_in_place(), last == CameraState.BROKEN)


CAMERAS = Book(
    name="cameras", record=Camera, icon="eye", on=Camera.installed_on, form=CameraForm,
    words=Words(
        _l("Cameras"), _l("Camera"), _l("Enter a camera"), _l("No camera is entered."),
        _l("Each eye is one entry, with the day on which it was put up."),
        _l("What watches public places, and whether it works."),
    ),
    columns=(
        Column(_l("Place"), lambda one: one.location, 28), Column(_l("State"), lambda one: str(one.standing.label), 16),
        Column(_l("Village"), lambda one: one.village.title, 20),
        Column(_l("Put up on"), lambda one: one.installed_on, 12),
        Column(_l("Taken down on"), lambda one: one.removed_on, 12),
    ),
    called=lambda one: one.location, standing=lambda one: one.standing,
    twice=("village_id", "location", "installed_on"),
    chips=(
        Chip("here", _l("In place"), _in_place), Chip("broken", _l("Broken"), _broken, "overdue"),
        Chip("all", _l("All")),
    ),
    options=(joinedload(Camera.village), selectinload(Camera.checks)),
    parts=(
        PartOf(
            "checks", CameraCheck, "checks",
            Words(
                _l("Looked at"), _l("Look at the camera"), _l("Record how it was found"),
                _l("Nobody looked at it yet."),
            ),
            CameraCheckForm,
            (
                Column(_l("Looked at on"), lambda one: one.seen_on, 12),
                Column(_l("How it was found"), lambda one: str(CAMERA_STATE_NAMES[one.state]), 16),
                Column(_l("Remarks"), lambda one: one.note, 30),
            ),
            called=lambda one: str(CAMERA_STATE_NAMES[one.state]),
        ),
    ),
)  # fmt: skip

BOOKS = (CAMERAS,)
