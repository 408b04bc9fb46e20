"""Who has which work in hand, and how it comes to somebody else's."""

from portal.cases.models import Case
from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.workload.views import bp

AREA = Area(
    "workload",
    blueprints=(bp,),
    places=(Place(_l("Work of the officers"), "workload.board", "people", (Case, "assign"), under="cases.index"),),
)
