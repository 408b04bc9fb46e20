"""Patrols of several forces: planned, made, logged, and countersigned by each of them."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.organisation.models import CoordinationPlan
from portal.patrols.agenda import AGENDA
from portal.patrols.duties import SOURCES
from portal.patrols.holdings import HOLDINGS
from portal.patrols.indicators import INDICATORS
from portal.patrols.jobs import JOBS
from portal.patrols.models import (
    Countersignature,
    EventProtection,
    Landmark,
    Patrol,
    PatrolForce,
    PatrolLog,
    PatrolStop,
    ProtectionForce,
)
from portal.patrols.notices import NOTICES
from portal.patrols.register import PAPERS, enter_minutes
from portal.patrols.reviews import REVIEWS
from portal.patrols.sync import PHONE_FORMS
from portal.patrols.views import bp, coverage_bp, landmarks_bp, protections_bp

_GROUP, _HERE = _l("In the commune"), "patrols.index"

AREA = Area(
    "patrols",
    records=(
        Patrol, PatrolForce, PatrolStop, PatrolLog, Countersignature, Landmark, EventProtection, ProtectionForce,
    ),
    blueprints=(bp, coverage_bp, landmarks_bp, protections_bp),
    places=(
        Place(_l("Patrols"), "patrols.index", "patrols", (Patrol, "read"), _GROUP, on_phone=True),
        Place(_l("Plan against done"), "patrols.months", "patrols", (Patrol, "read"), _GROUP, under=_HERE),
        Place(_l("Points passed"), "coverage.show", "eye", (Landmark, "read"), _GROUP, under=_HERE),
        Place(_l("Protected events"), "protections.index", "forces", (EventProtection, "read"), _GROUP, under=_HERE),
        Place(_l("Coordination plans"), "plans.index", "documents", (CoordinationPlan, "read"), _GROUP, under=_HERE),
        Place(_l("Catalogue of points"), "landmarks.index", "settings", (Landmark, "create"), _GROUP, under=_HERE),
    ),
    indicators=INDICATORS,
    duty_sources=SOURCES,
    notices=NOTICES,
    agenda=AGENDA,
    reviews=REVIEWS,
    jobs=JOBS,
    phone_forms=PHONE_FORMS,
    quick=(Place(_l("Patrol"), "patrols.new", "patrols", (Patrol, "plan")),),
    subjects=((Patrol, "patrols.show"),),
    follows=(enter_minutes,),
    papers=(PAPERS,),
    holdings=HOLDINGS,
)  # fmt: skip
