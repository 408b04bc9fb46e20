"""Pages of figures and of the reports that are written from them."""

from portal.reports.views import approving, checks, compare, figures, files, kinds, records, reports, writing
from portal.reports.views.blueprint import bp

__all__ = ["approving", "bp", "checks", "compare", "figures", "files", "kinds", "records", "reports", "writing"]
