"""Data in and out: one Excel workbook, one sheet a kind of record."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.exchange.views import bp
from portal.organisation.models import Unit

AREA = Area(
    "exchange",
    blueprints=(bp,),
    places=(
        Place(
            _l("Data in and out"),
            "exchange.index",
            "sheet",
            (Unit, "exchange"),
            _l("Management"),
            under="reports.index",
        ),
    ),
)
