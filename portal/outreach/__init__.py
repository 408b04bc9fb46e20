"""What a commune does before its people: sessions, what it prints and posts, whom it visits."""

from portal.books import pages, source_of
from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.outreach.books import BOOKS, MATERIALS, SESSIONS, VISITS
from portal.outreach.indicators import INDICATORS
from portal.outreach.models import CommunityVisit, Material, OutreachSession
from portal.outreach.views import bp

_GROUP = _l("In the commune")

AREA = Area(
    "outreach",
    records=(OutreachSession, Material, CommunityVisit),
    blueprints=(bp, pages(MATERIALS), pages(VISITS)),
    places=(
        Place(_l("Outreach"), SESSIONS.endpoint("index"), SESSIONS.icon, (OutreachSession, "read"), _GROUP),
        Place(
            MATERIALS.words.title, MATERIALS.endpoint("index"), MATERIALS.icon, (Material, "read"), _GROUP,
            under=SESSIONS.endpoint("index"),
        ),
        Place(
            VISITS.words.title, VISITS.endpoint("index"), VISITS.icon, (CommunityVisit, "read"), _GROUP,
            under=SESSIONS.endpoint("index"),
        ),
    ),
    indicators=INDICATORS,
    duty_sources=tuple(source_of(book) for book in BOOKS),
    subjects=tuple((book.record, book.endpoint("show")) for book in BOOKS),
    books=BOOKS,
)  # fmt: skip
