"""Pages of who has what in hand, and of hand-overs."""

from portal.workload.views import board, handing
from portal.workload.views.blueprint import bp

__all__ = ["board", "bp", "handing"]
