"""Whom the people of a commune can call, and what its forces watch with."""

from portal.books import pages, source_of
from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.forces.books import BOOKS, CAMERAS, TEAMS
from portal.forces.indicators import INDICATORS
from portal.forces.models import Camera, Hotline, SecurityTeam
from portal.forces.views import bp

_GROUP, _COMMUNE = _l("In the commune"), "village_totals.index"

AREA = Area(
    "forces",
    records=(Hotline, SecurityTeam, Camera),
    blueprints=(bp, *(pages(book) for book in BOOKS)),
    places=(
        Place(_l("Hotlines"), "hotlines.index", "phone", (Hotline, "read"), _GROUP, under=_COMMUNE),
        Place(
            _l("Security teams"), TEAMS.endpoint("index"), TEAMS.icon, (SecurityTeam, "read"), _GROUP, under=_COMMUNE
        ),
        Place(_l("Cameras"), CAMERAS.endpoint("index"), CAMERAS.icon, (Camera, "read"), _GROUP, under=_COMMUNE),
    ),
    indicators=INDICATORS,
    duty_sources=tuple(source_of(book) for book in BOOKS),
    subjects=tuple((book.record, book.endpoint("show")) for book in BOOKS),
    books=BOOKS,
)
