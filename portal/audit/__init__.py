"""Pages over the audit trail, and over who may do what."""

from portal.audit import checks
from portal.audit.views import bp
from portal.engine.area import Area, Place
from portal.engine.audit import AuditEvent
from portal.engine.text import _l

AREA = Area(
    "audit",
    blueprints=(bp,),
    checks=(checks.keys_fit,),
    places=(
        Place(_l("Audit trail"), "audit.index", "audit", (AuditEvent, "read"), _l("Administration"), on_phone=True),
    ),
)
