"""What must be done about a case by a date."""

from portal.cases.duties.case import of_case
from portal.cases.duties.months import QUARTERS
from portal.cases.duties.rules import CASE_RULES, HELPER_REPORTS
from portal.cases.duties.sources import SOURCES

__all__ = ["CASE_RULES", "HELPER_REPORTS", "QUARTERS", "SOURCES", "of_case"]
