"""What must be done by a date."""

from portal.duties import checks
from portal.duties.agenda import AGENDA
from portal.duties.confirmations import SOURCES
from portal.duties.holdings import HOLDINGS
from portal.duties.jobs import JOBS
from portal.duties.left_turns import SOURCE
from portal.duties.models import Duty, DutyRoster
from portal.duties.told import NOTICES
from portal.duties.views import blueprints
from portal.engine.area import Area, Place
from portal.engine.text import _l

_HOME = "home.show"

AREA = Area(
    "duties",
    records=(Duty, DutyRoster),
    blueprints=blueprints,
    duty_sources=(*SOURCES, SOURCE),
    jobs=JOBS,
    notices=NOTICES,
    agenda=AGENDA,
    checks=(checks.mail, checks.digests, checks.timed_work),
    places=(
        Place(_l("Calendar"), "duties.calendar", "calendar", (Duty, "read"), under=_HOME),
        Place(_l("Past its day"), "duties.overdue", "warning", (Duty, "oversee"), under=_HOME),
        Place(_l("On call"), "roster.index", "phone", (DutyRoster, "read"), under=_HOME),
        Place(_l("Automatic duties"), "duties.rules", "settings", (Duty, "oversee"), under=_HOME),
    ),
    holdings=HOLDINGS,
)
