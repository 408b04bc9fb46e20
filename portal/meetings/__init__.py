"""Meetings of the forces: agendas that compile themselves, minutes, and tasks that nobody forgets."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.meetings.agenda import AGENDA
from portal.meetings.duties import SOURCES
from portal.meetings.holdings import HOLDINGS
from portal.meetings.indicators import INDICATORS
from portal.meetings.models import ActionItem, AgendaItem, Attendance, Erratum, Meeting, MeetingSeries, Minutes
from portal.meetings.notices import NOTICES
from portal.meetings.papers.register import PAPERS, enter_papers
from portal.meetings.views import bp

_GROUP, _HERE = _l("Management"), "meetings.index"

AREA = Area(
    "meetings",
    records=(Meeting, AgendaItem, Attendance, Minutes, Erratum, ActionItem, MeetingSeries),
    blueprints=(bp,),
    places=(
        Place(_l("Meetings"), "meetings.index", "meetings", (Meeting, "read"), _GROUP, on_phone=True),
        Place(_l("Tasks from meetings"), "meetings.tasks", "check", (ActionItem, "read"), _GROUP, under=_HERE),
        Place(_l("Reviews"), "meetings.reviews", "reports", (Meeting, "review"), _GROUP, under=_HERE),
        Place(_l("Series"), "meetings.series", "calendar", (MeetingSeries, "read"), _GROUP, under=_HERE),
    ),
    indicators=INDICATORS,
    duty_sources=SOURCES,
    subjects=((Meeting, "meetings.show"), (ActionItem, "meetings.task")),
    agenda=AGENDA,
    notices=NOTICES,
    follows=(enter_papers,),
    papers=(PAPERS,),
    holdings=HOLDINGS,
)
