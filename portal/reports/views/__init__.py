"""Pages of figures and of the reports that are written from them."""

from portal.reports.views import checks, compare, figures, files, kinds, records, reports, writing
from portal.reports.views.blueprint import bp

__all__ = ["bp", "checks", "compare", "figures", "files", "kinds", "records", "reports", "writing"]
