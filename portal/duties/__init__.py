"""What must be done by a date."""

from portal.duties.agenda import AGENDA
from portal.duties.confirmations import SOURCES
from portal.duties.models import Duty
from portal.duties.views import blueprints
from portal.engine.area import Area, Place
from portal.engine.text import _l

AREA = Area(
    "duties",
    records=(Duty,),
    blueprints=blueprints,
    duty_sources=SOURCES,
    agenda=AGENDA,
    places=(
        Place(_l("Calendar"), "duties.calendar", "calendar", (Duty, "read"), on_phone=True),
        Place(_l("Past its day"), "duties.overdue", "warning", (Duty, "oversee")),
        Place(_l("Automatic duties"), "duties.rules", "settings", (Duty, "oversee")),
    ),
)
