"""What is looked at before a report is submitted: each check a declared function that yields findings in words."""

from portal.reports.checks.balances import NAMED_AND_THERE, PARTS_AND_WHOLE, VILLAGES_THERE_ARE
from portal.reports.checks.elsewhere import KEPT_APART, OVERLAPPING, TOLD_OTHERWISE
from portal.reports.checks.entries import DOUBLES, SILENT_VILLAGES
from portal.reports.checks.finding import Check, Finding, Finds, Weight
from portal.reports.checks.left_open import LEFT_OPEN
from portal.reports.checks.own_past import UNUSUAL
from portal.reports.checks.period import PERIOD_OVER, RECORDED
from portal.reports.checks.stocks import OTHER_STOCKS, STOCK_AND_FLOW
from portal.reports.checks.totals import VILLAGE_TOTALS
from portal.reports.checks.written import TYPED_BY_HAND

CHECKS: tuple[Check, ...] = (
    PERIOD_OVER, RECORDED, NAMED_AND_THERE, STOCK_AND_FLOW, PARTS_AND_WHOLE, VILLAGES_THERE_ARE, VILLAGE_TOTALS,
    TYPED_BY_HAND, TOLD_OTHERWISE, OVERLAPPING, UNUSUAL, OTHER_STOCKS, DOUBLES, LEFT_OPEN, SILENT_VILLAGES, KEPT_APART,
)  # fmt: skip

__all__ = ["CHECKS", "Check", "Finding", "Finds", "Weight"]
