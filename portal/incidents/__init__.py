"""What happens in the commune: first notes, which count nowhere; incidents; tips and their boxes; disputes."""

from portal.books import source_of
from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.incidents.agenda import AGENDA
from portal.incidents.books import BOOKS, DISPUTES, INCIDENTS, TIP_BOXES, TIPS
from portal.incidents.duties import SOURCES
from portal.incidents.indicators import INDICATORS
from portal.incidents.models import Dispute, HandOver, Incident, Observation, Tip, TipBox
from portal.incidents.notices import NOTICES
from portal.incidents.reviews import REVIEWS
from portal.incidents.sync import PHONE_FORMS
from portal.incidents.views import blueprints

_GROUP = _l("In the commune")
_FIRST, _NOTES = INCIDENTS.endpoint("index"), "observations.index"

AREA = Area(
    "incidents",
    records=(Observation, HandOver, Incident, Tip, TipBox, Dispute),
    blueprints=blueprints(),
    duty_sources=(*SOURCES, *(source_of(book) for book in BOOKS)),
    notices=NOTICES,
    places=(
        Place(_l("Incidents"), _FIRST, INCIDENTS.icon, (Incident, "read"), _GROUP),
        Place(_l("Observations"), _NOTES, "incidents", (Observation, "read"), _GROUP, under=_FIRST),
        Place(_l("Tips"), TIPS.endpoint("index"), TIPS.icon, (Tip, "read"), _GROUP, under=_FIRST),
        Place(_l("Tip boxes"), TIP_BOXES.endpoint("index"), TIP_BOXES.icon, (TipBox, "read"), _GROUP, under=_FIRST),
        Place(_l("Disputes"), DISPUTES.endpoint("index"), DISPUTES.icon, (Dispute, "read"), _GROUP, under=_FIRST),
    ),
    quick=(
        Place(_l("Note something down"), "observations.new", "incidents", (Observation, "write")),
        Place(_l("Write an incident down"), INCIDENTS.endpoint("new"), "incidents", (Incident, "create")),
    ),
    phone_forms=PHONE_FORMS,
    indicators=INDICATORS,
    agenda=AGENDA,
    reviews=REVIEWS,
    subjects=((Observation, "observations.show"), *((book.record, book.endpoint("show")) for book in BOOKS)),
    books=BOOKS,
)
