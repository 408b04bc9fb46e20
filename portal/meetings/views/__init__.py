"""Pages of meetings."""

from portal.meetings.views import attendance, items, meetings, minutes, reviews, series, tasks
from portal.meetings.views.blueprint import bp

__all__ = ["attendance", "bp", "items", "meetings", "minutes", "reviews", "series", "tasks"]
