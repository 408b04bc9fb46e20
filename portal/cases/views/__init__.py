"""Pages of cases."""

from portal.cases.views import files
from portal.cases.views.blueprint import bp

__all__ = ["bp", "files"]
