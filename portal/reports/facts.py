"""What a text may say of the commune that no record counts: its facts, as they hold on the last day of a report."""

from collections.abc import Mapping
from typing import Any

from portal.profile.catalogue import FACT_NAMES, FactKey
from portal.profile.queries import facts_on
from portal.reports import figures
from portal.reports.models import Report

NAMES: Mapping[str, Any] = {str(key): name for key, name in FACT_NAMES.items()}


def of_report(report: Report) -> dict[str, str]:
    """By the id that stands in braces, as an official writes the value, without its unit."""
    found = facts_on(figures.period_of(report).communes, report.last)
    return {str(key): found[key].value for key in FactKey if key in found}
