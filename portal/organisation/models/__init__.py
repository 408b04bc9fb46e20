"""Units, the people in them, what they may do and from where they are signed in."""

from portal.organisation.models.door import KnownBrowser, UserSession, Waiting
from portal.organisation.models.role import (
    CAPACITY_NAMES,
    CONFIRMING,
    LIMITED,
    OPENS_CASES,
    ROLE_NAMES,
    ROLE_UNITS,
    Role,
)
from portal.organisation.models.unit import PARTS, UNIT_KIND_NAMES, Unit, UnitKind, line_of
from portal.organisation.models.user import RoleGrant, User, holding_on

__all__ = [
    "CAPACITY_NAMES", "CONFIRMING", "LIMITED", "OPENS_CASES", "PARTS", "ROLE_NAMES", "ROLE_UNITS", "UNIT_KIND_NAMES",
    "KnownBrowser", "Role", "RoleGrant", "Unit", "UnitKind", "User", "UserSession", "Waiting", "holding_on", "line_of",
]  # fmt: skip
