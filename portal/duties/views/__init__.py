"""Pages of duties and of what the portal tells by itself."""

from portal.duties.views import notices, reminders, roster
from portal.duties.views.duties import bp

blueprints = (bp, notices.bp, roster.bp, reminders.bp, reminders.door)

__all__ = ["blueprints", "bp"]
