"""What a commune is: totals of its villages, facts that hold from a day, the villages across the border."""

from portal.books import pages, source_of
from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.profile.books import ABROAD, BOOKS, FACTS, TOTALS
from portal.profile.indicators import INDICATORS
from portal.profile.models import CommuneFact, ForeignVillage, VillageStat

_GROUP, _FIRST = _l("In the commune"), TOTALS.endpoint("index")

AREA = Area(
    "profile",
    records=(VillageStat, CommuneFact, ForeignVillage),
    blueprints=tuple(pages(book) for book in BOOKS),
    places=(
        Place(_l("The commune"), _FIRST, "info", (VillageStat, "read"), _GROUP),
        Place(FACTS.words.title, FACTS.endpoint("index"), FACTS.icon, (CommuneFact, "read"), _GROUP, under=_FIRST),
        Place(ABROAD.words.title, ABROAD.endpoint("index"), ABROAD.icon, (ForeignVillage, "read"), _GROUP,
              under=_FIRST),
    ),
    indicators=INDICATORS,
    duty_sources=tuple(source_of(book) for book in BOOKS),
    subjects=tuple((book.record, book.endpoint("show")) for book in BOOKS),
    books=BOOKS,
)  # fmt: skip
