"""Who is reviewed for the use of drugs, tested and fined: books of the commune police alone."""

from portal.books import source_of
from portal.drugs.books import BOOKS, FINES, REVIEWS, TESTS
from portal.drugs.duties import of_reviews, source_of_tests
from portal.drugs.holdings import HOLDINGS
from portal.drugs.indicators import INDICATORS
from portal.drugs.minutes import WORDINGS
from portal.drugs.models import DrugReviewEntry, DrugTest, FineDecision
from portal.drugs.views import BLUEPRINTS
from portal.engine.area import Area, Place
from portal.engine.text import _l

_GROUP, _HERE = _l("In the commune"), REVIEWS.endpoint("index")

AREA = Area(
    "drugs",
    records=(DrugReviewEntry, DrugTest, FineDecision),
    blueprints=tuple(BLUEPRINTS.values()),
    places=(
        Place(_l("Review list"), _HERE, REVIEWS.icon, (DrugReviewEntry, "read"), _GROUP),
        Place(_l("Drug tests"), TESTS.endpoint("index"), TESTS.icon, (DrugTest, "read"), _GROUP, under=_HERE),
        Place(_l("Fines"), FINES.endpoint("index"), FINES.icon, (FineDecision, "read"), _GROUP,
              under=_HERE),
    ),
    indicators=INDICATORS,
    duty_sources=(of_reviews(source_of(REVIEWS)), source_of_tests(TESTS), source_of(FINES)),
    subjects=tuple((book.record, book.endpoint("show")) for book in BOOKS),
    books=BOOKS,
    holdings=HOLDINGS,
    wordings=WORDINGS,
)  # fmt: skip
