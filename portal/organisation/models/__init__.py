"""Units, the people in them, what they may do and from where they are signed in."""

from portal.organisation.models.card import CARD_DAYS, SignInCard, opens_by_card
from portal.organisation.models.door import KnownBrowser, UserSession, Waiting
from portal.organisation.models.plan import BRIEFING_NAMES, Briefing, CoordinationParty, CoordinationPlan
from portal.organisation.models.role import (
    ANSWERS_FOR,
    CAPACITY_NAMES,
    CONFIRMING,
    LIMITED,
    OPENS_CASES,
    ROLE_NAMES,
    ROLE_UNITS,
    Role,
)
from portal.organisation.models.unit import (
    FORCES,
    NAMED_UNTIL,
    PARTS,
    SIGNING,
    UNIT_KIND_NAMES,
    Unit,
    UnitKind,
    line_of,
    read_names,
)
from portal.organisation.models.user import RoleGrant, User, holding_on

__all__ = [
    "ANSWERS_FOR", "BRIEFING_NAMES", "CAPACITY_NAMES", "CARD_DAYS", "CONFIRMING", "FORCES", "LIMITED", "NAMED_UNTIL",
    "OPENS_CASES", "PARTS",
    "ROLE_NAMES", "ROLE_UNITS", "SIGNING", "UNIT_KIND_NAMES", "Briefing", "CoordinationParty", "CoordinationPlan",
    "KnownBrowser", "Role", "RoleGrant", "SignInCard", "Unit", "UnitKind", "User", "UserSession", "Waiting",
    "holding_on", "line_of", "opens_by_card", "read_names",
]  # fmt: skip
