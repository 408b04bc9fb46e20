"""The movement of all the people for the security of the country: its models, who was commended, titles worked for."""

from portal.books import pages, source_of
from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.movement.books import BOOKS, COMMENDATIONS, MODELS, TITLES
from portal.movement.indicators import INDICATORS
from portal.movement.models import Commendation, Model, TitleProgramme

_GROUP = _l("In the commune")

AREA = Area(
    "movement",
    records=(Model, Commendation, TitleProgramme),
    blueprints=tuple(pages(book) for book in BOOKS),
    places=(
        Place(_l("Models and titles"), MODELS.endpoint("index"), MODELS.icon, (Model, "read"), _GROUP),
        Place(
            _l("Titles"), TITLES.endpoint("index"), TITLES.icon, (TitleProgramme, "read"), _GROUP,
            under=MODELS.endpoint("index"),
        ),
        Place(
            _l("Commendations"), COMMENDATIONS.endpoint("index"), COMMENDATIONS.icon, (Commendation, "read"), _GROUP,
            under=MODELS.endpoint("index"),
        ),
    ),
    indicators=INDICATORS,
    duty_sources=tuple(source_of(book) for book in BOOKS),
    subjects=tuple((book.record, book.endpoint("show")) for book in BOOKS),
    books=BOOKS,
)  # fmt: skip
