"""Work without signal: what phones take along, and what they send when the signal is back."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.incidents.models import Observation
from portal.offline.checks import certificates_last
from portal.offline.duties import SOURCES
from portal.offline.models import HeldSend, Phone
from portal.offline.views import bp, root_bp

AREA = Area(
    "offline",
    records=(Phone, HeldSend),
    blueprints=(bp, root_bp),
    duty_sources=SOURCES,
    checks=(certificates_last,),
    places=(
        Place(_l("Phones"), "offline.list_phones", "device", (Phone, "read"), _l("Management")),
        Place(
            _l("Sent too late"), "offline.list_held", "device", (HeldSend, "read"), _l("Management"),
            under="offline.list_phones",
        ),
    ),
    quick=(Place(_l("Without signal"), "offline.index", "offline", (Observation, "write")),),
    subjects=((HeldSend, "offline.show_held"),),
)  # fmt: skip
