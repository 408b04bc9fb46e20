"""Units, accounts and roles; signing in."""

from portal.engine.area import Area
from portal.organisation.models import RoleGrant, Unit, User
from portal.organisation.views import bp

AREA = Area("organisation", records=(Unit, User, RoleGrant), blueprints=(bp,))
