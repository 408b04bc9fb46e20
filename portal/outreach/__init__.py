"""What a commune does before its people. It begins with ceremonies and meetings that were held in the villages."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.outreach.models import OutreachSession
from portal.outreach.views import bp

AREA = Area(
    "outreach",
    records=(OutreachSession,),
    blueprints=(bp,),
    places=(Place(_l("Ceremonies and meetings"), "outreach.index", "outreach", (OutreachSession, "read"),
                  _l("In the commune")),),
)  # fmt: skip
