"""Figures of a period, and the records behind each of them."""

from portal.cases.models import Case
from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.reports.views import bp

AREA = Area(
    "reports",
    blueprints=(bp,),
    places=(
        Place(
            _l("Reports"),
            "reports.figures",
            "reports",
            (Case, "count"),
            group=_l("Management"),
            also=("reports.figure",),
        ),
    ),
)
