"""Units, accounts and roles; signing in."""

from portal.engine.area import Area, Place
from portal.engine.text import _l
from portal.organisation.holdings import HOLDINGS
from portal.organisation.models import CoordinationParty, CoordinationPlan, RoleGrant, SignInCard, Unit, User
from portal.organisation.notices import NOTICES
from portal.organisation.views import accounts_bp, bp, cards_bp, grants_bp, plans_bp, units_bp

_GROUP = _l("Administration")

AREA = Area(
    "organisation",
    records=(Unit, User, RoleGrant, CoordinationPlan, CoordinationParty, SignInCard),
    blueprints=(bp, accounts_bp, cards_bp, grants_bp, units_bp, plans_bp),
    places=(
        Place(_l("Accounts"), "accounts.index", "people", (User, "read"), _GROUP, on_phone=True),
        Place(_l("Units"), "units.index", "households", (Unit, "read"), _GROUP, under="accounts.index"),
        Place(_l("To confirm"), "grants.index", "key", (RoleGrant, "confirm"), _GROUP, under="accounts.index"),
        Place(_l("Sign-in cards"), "cards.index", "device", (SignInCard, "read"), _GROUP, under="accounts.index"),
    ),
    notices=NOTICES,
    quick=(
        Place(_l("Open an account"), "accounts.new", "person", (User, "create")),
        Place(_l("Enter a unit"), "units.new", "plus", (Unit, "create")),
    ),
    subjects=(
        (User, "accounts.show"),
        (Unit, "units.show"),
        (RoleGrant, "grants.show"),
        (CoordinationPlan, "plans.show"),
    ),
    holdings=HOLDINGS,
)
