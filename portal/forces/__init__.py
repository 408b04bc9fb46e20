"""Whom the people of a commune can call. It begins with the hotlines that the commune publishes."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.forces.models import Hotline
from portal.forces.views import bp

AREA = Area(
    "forces",
    records=(Hotline,),
    blueprints=(bp,),
    places=(
        Place(
            _l("Hotlines"), "hotlines.index", "phone", (Hotline, "read"), _l("In the commune"), under="incidents.index"
        ),
    ),
)
