"""All pages of proposals, under one name."""

from portal.proposals import round_views, views
from portal.proposals.oral import views as oral_views
from portal.proposals.views import bp

__all__ = ["bp", "oral_views", "round_views", "views"]
