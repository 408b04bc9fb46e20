"""What a text may say of the commune that no record counts: its facts, as they hold on the last day of a report."""

from collections.abc import Mapping
from typing import Any

from portal.profile.catalogue import FACT_NAMES, FactKey
from portal.profile.models import CommuneFact
from portal.profile.queries import facts_on
from portal.reports import figures
from portal.reports.models import Report
from portal.reports.wording.numbers import count

NAMES: Mapping[str, Any] = {str(key): name for key, name in FACT_NAMES.items()}


def of_report(report: Report) -> dict[str, str]:
    """By the id that stands in braces, as a paper writes the value, without its unit."""
    found = facts_on(figures.period_of(report).communes, report.last)
    return {str(key): _on_paper(found[key]) for key in FactKey if key in found}


def _on_paper(fact: CommuneFact) -> str:
    """A whole number below ten takes a nought; all else stands as it was written down."""
    exact = fact.exact
    return count(exact) if isinstance(exact, int) else fact.value
