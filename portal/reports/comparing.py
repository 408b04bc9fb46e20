"""What differs between what was frozen and what the records say: late entries, and corrections beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.reports import catalogue, figures
from portal.reports.models import Report


@dataclass(frozen=True)
class Difference:
    """A figure that is another now. *came* and *went*: ids of records that count now and did not, and the reverse."""

    id: str
    label: str
    before: Any
    now: Any
    came: Sequence[int]
    went: Sequence[int]


@dataclass(frozen=True)
class Standing:
    """A figure with its value and its records, wherever they come from."""

    label: str
    value: Any
    ids: frozenset[int]


def late(report: Report) -> list[Difference]:
    """What reached the portal after the approval, and what counts no more: it goes into the next version."""
    return _between(_frozen(report), _counted(report))


def corrected(report: Report) -> list[Difference]:
    """In what a correction differs from the version that it corrects."""
    if report.corrects is None:
        return []
    return _between(_frozen(report.corrects), _frozen(report) if report.is_signed else _counted(report))


def _between(then: dict[str, Standing], now: dict[str, Standing]) -> list[Difference]:
    both = [(name, then[name], one) for name, one in now.items() if name in then]
    return [
        Difference(name, new.label, old.value, new.value, sorted(new.ids - old.ids), sorted(old.ids - new.ids))
        for name, old, new in both
        if (old.ids, old.value) != (new.ids, new.value)
    ]


def _frozen(report: Report) -> dict[str, Standing]:
    return {one.figure_id: Standing(one.label, one.value, frozenset(one.ids)) for one in report.figures}


def _counted(report: Report) -> dict[str, Standing]:
    period = figures.period_of(report)
    return {
        name: Standing(str(one.label), one.value(period), frozenset(figures.ids_counted(one, period)))
        for name, one in catalogue.of_period(period).items()
    }
