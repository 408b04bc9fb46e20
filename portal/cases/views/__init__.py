"""Pages of cases."""

from portal.cases.views import assignment, attaching, correcting, files, opening, recording
from portal.cases.views.blueprint import bp

__all__ = ["assignment", "attaching", "bp", "correcting", "files", "opening", "recording"]
