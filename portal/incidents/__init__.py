"""What happens in the commune. It begins with observations: first notes, counted nowhere."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.incidents.duties import SOURCES
from portal.incidents.models import HandOver, Observation
from portal.incidents.notices import NOTICES
from portal.incidents.sync import PHONE_FORMS
from portal.incidents.views import bp

AREA = Area(
    "incidents",
    records=(Observation, HandOver),
    blueprints=(bp,),
    duty_sources=SOURCES,
    notices=NOTICES,
    places=(Place(_l("Observations"), "incidents.index", "incidents", (Observation, "read"), _l("In the commune")),),
    quick=(Place(_l("Note something down"), "incidents.new", "incidents", (Observation, "write")),),
    phone_forms=PHONE_FORMS,
    subjects=((Observation, "incidents.show"),),
)
