"""The pages of the room."""

from portal.exchange.views import households, workbook
from portal.exchange.views.blueprint import bp

__all__ = ["bp", "households", "workbook"]
