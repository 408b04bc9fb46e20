"""Work without signal: what phones take along, and what they send when the signal is back."""

from portal.engine.area import Area
from portal.offline.models import HeldSend, Phone
from portal.offline.views import bp, root_bp

AREA = Area(
    "offline",
    records=(Phone, HeldSend),
    blueprints=(bp, root_bp),
    subjects=((HeldSend, "offline.show_held"),),
)
