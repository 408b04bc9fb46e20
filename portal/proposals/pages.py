"""All pages of proposals, under one name."""

from portal.proposals import answers, leave_views, round_views, views
from portal.proposals.oral import views as oral_views
from portal.proposals.views import bp

__all__ = ["answers", "bp", "leave_views", "oral_views", "round_views", "views"]
