"""What a text may say of the commune that no record counts: its facts, as they hold on the last day of a report."""

from collections.abc import Mapping
from typing import Any

from portal.documents import issuers
from portal.profile.catalogue import FACT_NAMES, FactKey
from portal.profile.models import CommuneFact
from portal.profile.queries import facts_on
from portal.reports import queries
from portal.reports.models import Report
from portal.reports.wording.numbers import count

NAMES: Mapping[str, Any] = {str(key): name for key, name in FACT_NAMES.items()}


def of_report(report: Report) -> dict[str, CommuneFact]:
    """Of the commune that stood on the last day, by the id that stands in braces, in the order of the catalogue."""
    commune = issuers.commune_on(report.commune, report.last)
    found = facts_on(queries.taken_in(commune), report.last)
    return {str(key): found[key] for key in FactKey if key in found}


def on_paper(known: Mapping[str, CommuneFact]) -> dict[str, str]:
    """As a paper writes the values, without their units: a whole number below ten takes a nought."""
    return {key: count(one.exact) if isinstance(one.exact, int) else one.value for key, one in known.items()}
