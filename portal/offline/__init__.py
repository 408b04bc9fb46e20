"""Work without signal: what phones take along, and what they send when the signal is back."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.incidents.models import Observation
from portal.offline.checks import certificates_last
from portal.offline.duties import SOURCES
from portal.offline.models import HeldSend, Phone
from portal.offline.views import bp, root_bp

_ACCOUNTS = "accounts.index"  # beside the cards that open them, for whoever looks after accounts

AREA = Area(
    "offline",
    records=(Phone, HeldSend),
    blueprints=(bp, root_bp),
    duty_sources=SOURCES,
    checks=(certificates_last,),
    places=(
        Place(_l("Phones"), "offline.list_phones", "device", (Phone, "read"), _l("Management"), under=_ACCOUNTS),
        Place(
            _l("Sent too late"), "offline.list_held", "device", (HeldSend, "read"), _l("Management"),
            under="home.show",
        ),
    ),
    quick=(Place(_l("Without signal"), "offline.index", "offline", (Observation, "write")),),
    subjects=((HeldSend, "offline.show_held"),),
)  # fmt: skip
