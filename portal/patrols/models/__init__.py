"""Patrols of several forces together, the points that they pass, their logs and who countersigned them."""

from portal.patrols.models.landmark import LANDMARK_KIND_NAMES, Landmark, LandmarkKind
from portal.patrols.models.log import SIGN_WITHIN, Countersignature, Outcome, PatrolLog
from portal.patrols.models.patrol import PATROL_KIND_NAMES, Patrol, PatrolForce, PatrolKind, PatrolStop
from portal.patrols.models.protection import EventProtection, ProtectionForce
from portal.patrols.models.span import LONGEST, Span

__all__ = [
    "LANDMARK_KIND_NAMES", "LONGEST", "PATROL_KIND_NAMES", "SIGN_WITHIN", "Countersignature", "EventProtection",
    "Landmark", "LandmarkKind", "Outcome", "Patrol", "PatrolForce", "PatrolKind", "PatrolLog", "PatrolStop",
    "ProtectionForce", "Span",
]  # fmt: skip
