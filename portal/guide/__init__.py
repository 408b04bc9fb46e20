"""Pages about the portal itself: the tour of the example commune, the board of parts."""

from portal.engine.area import Area
from portal.guide.views import bp

AREA = Area("guide", blueprints=(bp,))
