"""Whom the people of a commune can call, and what its forces watch with."""

from portal.books import pages, source_of
from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.forces.books import BOOKS, CAMERAS
from portal.forces.indicators import INDICATORS
from portal.forces.models import Camera, Hotline
from portal.forces.views import bp

_GROUP = _l("In the commune")

AREA = Area(
    "forces",
    records=(Hotline, Camera),
    blueprints=(bp, *(pages(book) for book in BOOKS)),
    places=(
        Place(_l("Hotlines"), "hotlines.index", "phone", (Hotline, "read"), _GROUP, under="observations.index"),
        Place(_l("Cameras"), CAMERAS.endpoint("index"), CAMERAS.icon, (Camera, "read"), _GROUP),
    ),
    indicators=INDICATORS,
    duty_sources=tuple(source_of(book) for book in BOOKS),
    subjects=tuple((book.record, book.endpoint("show")) for book in BOOKS),
    books=BOOKS,
)
