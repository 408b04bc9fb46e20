"""What is done before anything happens: weapons that people hand over."""

from portal.books import source_of
from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.prevention.books import BOOKS, WEAPONS
from portal.prevention.indicators import INDICATORS
from portal.prevention.models import WeaponCustody, WeaponHandover, WeaponItem
from portal.prevention.views import bp

AREA = Area(
    "prevention",
    records=(WeaponHandover, WeaponItem, WeaponCustody),
    blueprints=(bp,),
    places=(
        Place(
            WEAPONS.words.title, WEAPONS.endpoint("index"), WEAPONS.icon, (WeaponHandover, "read"),
            _l("In the commune"), under="incidents.index",
        ),
    ),
    indicators=INDICATORS,
    duty_sources=tuple(source_of(book) for book in BOOKS),
    subjects=tuple((book.record, book.endpoint("show")) for book in BOOKS),
    books=BOOKS,
)  # fmt: skip
