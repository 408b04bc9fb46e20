"""What must be done by a date."""

from portal.duties import checks
from portal.duties.agenda import AGENDA
from portal.duties.confirmations import SOURCES
from portal.duties.models import Duty, DutyRoster
from portal.duties.views import blueprints
from portal.engine.area import Area, Place
from portal.engine.text import _l

AREA = Area(
    "duties",
    records=(Duty, DutyRoster),
    blueprints=blueprints,
    duty_sources=SOURCES,
    agenda=AGENDA,
    checks=(checks.mail,),
    places=(
        Place(_l("Calendar"), "duties.calendar", "calendar", (Duty, "read"), on_phone=True),
        Place(_l("Past its day"), "duties.overdue", "warning", (Duty, "oversee")),
        Place(_l("On call"), "roster.index", "phone", (DutyRoster, "read")),
        Place(_l("Automatic duties"), "duties.rules", "settings", (Duty, "oversee")),
    ),
)
