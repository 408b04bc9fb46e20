"""Numbers, readings and days off that a commune decided on: they stand beside those that the portal comes with."""

from portal.lawbook.models.moved import MovedDay
from portal.lawbook.models.rule_change import RuleChange
from portal.lawbook.models.year_off import YearOff

__all__ = ["MovedDay", "RuleChange", "YearOff"]
