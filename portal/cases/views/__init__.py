"""Pages of cases."""

from portal.cases.views import assignment, files, opening, recording
from portal.cases.views.blueprint import bp

__all__ = ["assignment", "bp", "files", "opening", "recording"]
