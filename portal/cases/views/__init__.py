"""Pages of cases."""

from portal.cases.views import assignment, correcting, files, opening, recording
from portal.cases.views.blueprint import bp

__all__ = ["assignment", "bp", "correcting", "files", "opening", "recording"]
