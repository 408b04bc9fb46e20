"""What needs you: overdue, today, this week."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.home.views import bp

AREA = Area(
    "home", blueprints=(bp,), places=(Place(_l("Today"), "home.show", "today", on_phone=True, also=("duties.finish",)),)
)
