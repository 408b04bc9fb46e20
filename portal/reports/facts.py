"""What a text may say of the commune that no record counts: its facts, as they hold on the last day of a report."""

from collections.abc import Mapping
from typing import Any

from portal.documents import issuers
from portal.profile.catalogue import FACT_NAMES, Exact, FactKey
from portal.profile.models import CommuneFact
from portal.profile.queries import facts_on
from portal.reports import queries
from portal.reports.models import Report
from portal.reports.wording.numbers import count

NAMES: Mapping[str, Any] = {str(key): name for key, name in FACT_NAMES.items()}


def of_report(report: Report) -> dict[str, str]:
    """By the id that stands in braces, as a paper writes the value, without its unit."""
    return {str(key): _on_paper(one) for key, one in _known(report).items()}


def exact(report: Report) -> dict[str, Exact]:
    """The same for sentences that reckon with the value."""
    return {str(key): one.exact for key, one in _known(report).items()}


def _known(report: Report) -> dict[FactKey, CommuneFact]:
    """Of the commune that stood on the last day, in the order of the catalogue."""
    commune = issuers.commune_on(report.commune, report.last)
    found = facts_on(queries.taken_in(commune), report.last)
    return {key: found[key] for key in FactKey if key in found}


def _on_paper(fact: CommuneFact) -> str:
    """A whole number below ten takes a nought; all else stands as it was written down."""
    value = fact.exact
    return count(value) if isinstance(value, int) else fact.value
