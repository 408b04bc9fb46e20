"""Pages of the organisation: the door, one's own account, and those of the administrator, the chief and the leader."""

from portal.organisation.views import account, signing_in
from portal.organisation.views.accounts import bp as accounts_bp
from portal.organisation.views.blueprint import bp
from portal.organisation.views.cards import bp as cards_bp
from portal.organisation.views.grants import bp as grants_bp
from portal.organisation.views.plans import bp as plans_bp
from portal.organisation.views.units import bp as units_bp

__all__ = ["account", "accounts_bp", "bp", "cards_bp", "grants_bp", "plans_bp", "signing_in", "units_bp"]
