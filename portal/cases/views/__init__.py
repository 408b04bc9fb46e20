"""Pages of cases."""

from portal.cases.views import assignment, attaching, files, opening, recording
from portal.cases.views.blueprint import bp

__all__ = ["assignment", "attaching", "bp", "files", "opening", "recording"]
