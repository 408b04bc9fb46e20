"""Pages of households, establishments, campaigns and pledges."""

from portal.households.views import (
    breaches,
    campaigns,
    establishments,
    households,
    pledges,
    printing,
    village,
)
from portal.households.views.blueprint import campaigns_bp, establishments_bp, households_bp, pledges_bp

blueprints = (campaigns_bp, households_bp, establishments_bp, pledges_bp)

__all__ = ["blueprints", "breaches", "campaigns", "establishments", "households", "pledges", "printing", "village"]
