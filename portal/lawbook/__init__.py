"""The law as it holds in a commune: its numbers and readings, which two people change, and the days off of a year."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.lawbook.duties import SOURCES
from portal.lawbook.models import RuleChange, YearOff
from portal.lawbook.notices import NOTICES
from portal.lawbook.queries import table_of
from portal.lawbook.views import bp

_HOME = "home.show"

AREA = Area(
    "lawbook",
    records=(RuleChange, YearOff),
    blueprints=(bp,),
    places=(
        Place(
            _l("Rules of the law"),
            "lawbook.index",
            "law",
            (RuleChange, "read"),
            under=_HOME,
            also=("lawbook.readings", "lawbook.changes", "lawbook.change", "lawbook.number", "lawbook.reading"),
        ),
        Place(
            _l("Days off"),
            "lawbook.days_off",
            "calendar",
            (YearOff, "read"),
            under=_HOME,
            also=("lawbook.year", "lawbook.new_year"),
        ),
    ),
    duty_sources=SOURCES,
    notices=NOTICES,
    days_off=table_of,
    subjects=((RuleChange, "lawbook.change"), (YearOff, "lawbook.year")),
)
